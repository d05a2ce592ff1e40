import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';

import { importFrom } from './install.js';
import { serversFolder } from './paths.js';

/** Whom the server knows. */
export const knownCredentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/**
 * An S3 server on 127.0.0.1 that verifies signatures, and lets in whoever has none.
 *
 * @param {string} bucket
 * @param {Record<string, string | Buffer>} objects key to content
 * @param {string[]} [configs] of the bucket, XML
 */
export async function serveS3(bucket, objects, configs = []) {
  const S3rver = await importFrom(serversFolder, '@20minutes/s3rver');
  const directory = await mkdtemp(join(tmpdir(), 'stac-task-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: bucket, configs }],
  });
  const { port } = await server.run();
  const url = `http://127.0.0.1:${port}`;
  const client = new AwsClient({ ...knownCredentials, service: 's3', region: 'us-east-1' });
  for (const [key, body] of Object.entries(objects)) {
    const path = key.split('/').map(encodeURIComponent).join('/');
    const response = await client.fetch(`${url}/${bucket}/${path}`, { method: 'PUT', body });
    if (!response.ok) throw new Error(`the object '${key}' is not put: ${await response.text()}`);
  }
  return {
    url,
    async close() {
      server.httpServer.closeAllConnections();
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}
