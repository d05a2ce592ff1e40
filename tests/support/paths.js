import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What `npm run build` makes and what is published. */
export const distFolder = fileURLToPath(new URL('../../dist', import.meta.url));

/** Where packed tarballs and other things made by these tests are kept between runs. */
export const buildFolder = fileURLToPath(new URL('../../build/package', import.meta.url));

/** Payloads that ship as examples. */
export const examplePayloads = fileURLToPath(new URL('../../examples/payloads', import.meta.url));

export const serversFolder = fileURLToPath(new URL('../servers', import.meta.url));
export const runtimesFolder = fileURLToPath(new URL('../runtimes', import.meta.url));
export const arm64Folder = fileURLToPath(new URL('../runtimes/arm64', import.meta.url));
export const packagingFolder = fileURLToPath(new URL('../packaging', import.meta.url));
