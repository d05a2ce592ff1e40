import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';

import { ensureInstalled } from './install.js';
import { serversFolder } from './paths.js';

/** The account of the emulator, which its documentation names. */
export const account = 'devstoreaccount1';
const accountKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const version = '2021-12-02';

/**
 * A signature for blobs, as a query.
 *
 * @param {string} permissions
 * @param {Date} expires
 */
export function sasFor(permissions, expires) {
  const parameters = {
    sp: permissions,
    ss: 'b',
    srt: 'sco',
    st: '',
    se: `${expires.toISOString().slice(0, 19)}Z`,
    sip: '',
    spr: 'https,http',
    sv: version,
    ses: '',
  };
  const text = [account, ...Object.values(parameters), ''].join('\n');
  const sig = createHmac('sha256', Buffer.from(accountKey, 'base64')).update(text).digest('base64');
  const given = Object.entries(parameters).filter(([, value]) => value !== '');
  return new URLSearchParams([...given, ['sig', sig]]).toString();
}

/**
 * Azure's emulator on 127.0.0.1, which verifies signatures and lets nobody else in.
 *
 * @param {string} container
 * @param {Record<string, string>} blobs name to content
 */
export async function serveAzure(container, blobs) {
  await ensureInstalled(serversFolder);
  const main = join(serversFolder, 'node_modules/azurite/dist/src/blob/main.js');
  const options = ['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent'];
  const child = spawn(process.execPath, [main, ...options, '--blobHost', '127.0.0.1', '--blobPort', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      const [, found] = /listens on (http:\/\/127\.0\.0\.1:\d+)/.exec(output) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(`the emulator ends: ${output}`)));
  });
  const write = sasFor('rwacl', new Date(Date.now() + 600_000));
  /** @param {string} path @param {RequestInit} init */
  const put = async (path, init) => {
    const response = await fetch(`${url}/${account}/${container}${path}${write}`, { method: 'PUT', ...init });
    if (!response.ok) throw new Error(`${path} is not put: ${response.status} ${await response.text()}`);
  };
  await put('?restype=container&', {});
  for (const [name, body] of Object.entries(blobs)) {
    await put(`/${name}?`, { body, headers: { 'x-ms-blob-type': 'BlockBlob', 'x-ms-version': version } });
  }
  return { url: `${url}/${account}`, host: new URL(url).host, close: () => void child.kill() };
}
