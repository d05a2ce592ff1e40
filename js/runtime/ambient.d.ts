// What the build resolves: scripts/build.js maps each name to a file in dist.
declare module '#core.glue' {
  const factory: import('./chunk.js').GlueFactory;
  export default factory;
}
declare module '#core.inline' {
  export function bytes(): Uint8Array;
}
declare module '#assets.glue' {
  const factory: import('./chunk.js').GlueFactory;
  export default factory;
}
declare module '#assets.inline' {
  export function bytes(): Uint8Array;
}
declare module '#assets.wasm' {
  const module: WebAssembly.Module;
  export default module;
}
declare module '#assets.wasm?module' {
  const module: WebAssembly.Module;
  export default module;
}
declare module '#cli.diff' {
  export function unifiedDiff(before: string, after: string, oldText: string, newText: string): string;
}
declare module '#payload.schema' {
  const text: string;
  export default text;
}
declare module '#core.wasm' {
  const module: WebAssembly.Module;
  export default module;
}
declare module '#core.wasm?module' {
  const module: WebAssembly.Module;
  export default module;
}
// Cloudflare's.
declare var FixedLengthStream:
  | undefined
  | (new (
      length: number,
    ) => { readable: ReadableStream<Uint8Array>; writable: WritableStream<Uint8Array> });
