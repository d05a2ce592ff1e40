import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';

import { mustExist } from './nodes.js';
import { kill, runOk, start } from './run.js';

/** Whom the server knows, and where it says that it is. */
export const swiftCredentials = { accessKeyId: 'test:tester', secretAccessKey: 'testing-secret/+=' };
export const swiftRegion = 'us-east-1';

/** It takes more than two seconds, on a busy machine many more. */
const patience = 60_000;

/**
 * OpenStack's Swift with its S3 API, on 127.0.0.1: four servers and a cache, with all of their files in a temporary
 * folder. It verifies signatures more strictly than others do, and lets nobody in who has none.
 *
 * @param {string} bucket
 * @param {Record<string, string | Buffer>} objects key to content
 */
export async function serveSwift(bucket, objects) {
  await mustExist('/usr/bin/swift-proxy-server');
  const folder = await mkdtemp(join(tmpdir(), 'stac-task-swift-'));
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = [];
  const close = async () => {
    const ended = children.map((child) =>
      child.exitCode === null && child.signalCode === null
        ? new Promise((resolve) => child.once('close', resolve))
        : undefined,
    );
    for (const child of children) kill(child);
    await Promise.all(ended);
    await rm(folder, { recursive: true });
  };
  try {
    const ports = await freePorts();
    await mkdir(join(folder, 'devices/d1'), { recursive: true });
    for (const [name, text] of Object.entries(configurations(folder, ports))) {
      await writeFile(join(folder, name), text);
    }
    await Promise.all(
      /** @type {const} */ (['account', 'container', 'object']).map(async (ring) => {
        const builder = (/** @type {string[]} */ ...args) =>
          runOk('swift-ring-builder', [`${ring}.builder`, ...args], { cwd: folder });
        await builder('create', '1', '1', '1');
        await builder('add', `r1z1-127.0.0.1:${ports[ring]}/d1`, '1');
        await builder('rebalance');
      }),
    );
    let output = '';
    /** @type {string | undefined} */
    let ended;
    const begin = (/** @type {string} */ command, /** @type {string[]} */ args) => {
      const child = start(command, args, { cwd: folder });
      children.push(child);
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
      child.once('error', ({ message }) => (ended = message));
      child.once('exit', (code) => (ended ??= `${command} ended with ${code}`));
    };
    const end = Date.now() + patience;
    /** Who is asked before he listens is left alone for a minute by those who ask. @param {number} port */
    const listening = async (port) => {
      while (!(await isListening(port))) {
        if (ended || Date.now() > end) throw new Error(`Swift does not start: ${ended ?? ''}\n${output}`);
        await delay(50);
      }
    };
    begin('memcached', ['-l', '127.0.0.1', '-p', String(ports.cache), '-u', userInfo().username]);
    for (const name of ['account', 'container', 'object']) {
      begin(`swift-${name}-server`, [join(folder, `${name}-server.conf`)]);
    }
    for (const name of /** @type {const} */ (['cache', 'account', 'container', 'object'])) {
      await listening(ports[name]);
    }
    begin('swift-proxy-server', [join(folder, 'proxy-server.conf')]);
    await listening(ports.proxy);
    const url = `http://127.0.0.1:${ports.proxy}`;
    const client = new AwsClient({ ...swiftCredentials, service: 's3', region: swiftRegion, retries: 0 });
    const put = async (/** @type {string} */ path, /** @type {BodyInit} */ body) => {
      const response = await client.fetch(`${url}${path}`, { method: 'PUT', body });
      if (!response.ok) throw new Error(`${path} is not put: ${response.status} ${await response.text()}`);
    };
    await put(`/${bucket}`, '');
    for (const [key, body] of Object.entries(objects)) {
      await put(`/${bucket}/${key.split('/').map(strictly).join('/')}`, body);
    }
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @param {number} port */
function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => resolve(true)).once('connect', () => socket.destroy());
  });
}

/** @param {string} text  of a key; what `encodeURIComponent` leaves is encoded, too */
const strictly = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

/** @typedef {Record<'account' | 'cache' | 'container' | 'object' | 'proxy', number>} Ports */

/** @returns {Promise<Ports>} that nobody listens on */
async function freePorts() {
  const names = /** @type {const} */ (['account', 'cache', 'container', 'object', 'proxy']);
  const servers = await Promise.all(
    names.map(async () => {
      const server = createServer();
      await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
      return server;
    }),
  );
  const ports = servers.map(
    (server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port,
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return /** @type {Ports} */ (Object.fromEntries(names.map((name, index) => [name, ports[index]])));
}

/**
 * @param {string} folder
 * @param {Ports} ports
 * @returns {Record<string, string>} name of a file to its text
 */
function configurations(folder, ports) {
  const common = (/** @type {number} */ port) => `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
workers = 0
user = ${userInfo().username}
swift_dir = ${folder}
`;
  const storage = (/** @type {'account' | 'container' | 'object'} */ kind) => `${common(ports[kind])}
devices = ${join(folder, 'devices')}
mount_check = false
[pipeline:main]
pipeline = ${kind}-server
[app:${kind}-server]
use = egg:swift#${kind}
`;
  return {
    'swift.conf':
      '[swift-hash]\nswift_hash_path_suffix = stac-task\n[storage-policy:0]\nname = one\ndefault = yes\n',
    'account-server.conf': storage('account'),
    'container-server.conf': storage('container'),
    'object-server.conf': storage('object'),
    'proxy-server.conf': `${common(ports.proxy)}
[pipeline:main]
pipeline = catch_errors cache s3api tempauth proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:${ports.cache}
[filter:s3api]
use = egg:swift#s3api
location = ${swiftRegion}
storage_domain = swift.test
allow_multipart_uploads = false
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = ${swiftCredentials.secretAccessKey} .admin
`,
  };
}
