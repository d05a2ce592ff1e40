import { makeProject } from './tarball.js';
import { miniflareOf } from './workerd.js';

/**
 * A Worker that makes the calls of this package that it is asked for, and tells what came of them and of its bucket.
 */
const worker = `
import * as all from './node_modules/stac-task/dist/workerd.js';

/** A bucket that writes down what it is asked, and puts up with as little as it is told. */
function watched(bucket, calls, failPutAt) {
  const during = async (name, work) => {
    calls.push(name);
    return work();
  };
  return {
    head: (key) => during('head', () => bucket.head(key)),
    put: (key, value, options) =>
      during('put ' + (value instanceof ReadableStream ? 'stream' : 'bytes'), async () => {
        if (failPutAt === undefined) return bucket.put(key, value, options);
        const reader = value.getReader();
        for (let size = 0; size < failPutAt; ) size += (await reader.read()).value.length;
        throw new Error('R2 is full');
      }),
    async createMultipartUpload(key, options) {
      const upload = await during('create', () => bucket.createMultipartUpload(key, options));
      return {
        uploadPart: (number, bytes) => during('part ' + bytes.length, () => upload.uploadPart(number, bytes)),
        complete: (parts) => during('complete', () => upload.complete(parts)),
        abort: () => during('abort', () => upload.abort()),
      };
    },
  };
}

const storeOf = (name, env, calls, failPutAt) => {
  if (name === 'bucket') return watched(env.BUCKET, calls, failPutAt);
  if (name === 'plain bucket') return env.BUCKET;
  return name === 'map' ? new Map() : undefined;
};

export default {
  async fetch(request, env) {
    const { call, args, options = {}, store: name, abortAt, failPutAt } = await request.json();
    const calls = [];
    const store = storeOf(name, env, calls, failPutAt);
    const end = new AbortController();
    let [size, now, most] = [0, 0, 0];
    const onMessage = (message) => {
      if (message.kind === 'start') most = Math.max(most, ++now);
      if (message.kind === 'finish' || message.kind === 'error') --now;
      if (message.kind === 'chunk') size += message.size;
      if (size >= abortAt) end.abort(new Error('that is enough'));
    };
    const answer = { calls };
    try {
      const given = { ...options, ...(store && { store }), onMessage, signal: end.signal };
      const result = await all[call](...args, given);
      answer.result = result instanceof Uint8Array ? new TextDecoder().decode(result) : result;
    } catch (error) {
      const told = ({ name, code, message, errors }) => ({ name, code, message, errors: errors?.map(told) });
      answer.error = told(error);
    }
    answer.atOnce = most;
    if (store instanceof Map) answer.files = Object.fromEntries([...store].map(([path, bytes]) => [path, bytes.length]));
    return Response.json(answer);
  },
};
`;

/**
 * @param {string} compatibilityDate
 */
export async function startDownloadWorker(compatibilityDate) {
  const { folder } = await makeProject({ files: { 'worker.js': worker } });
  const miniflare = await miniflareOf(folder, { compatibilityDate, r2Buckets: ['BUCKET'] });
  return {
    bucket: await miniflare.getR2Bucket('BUCKET'),
    /**
     * @param {object} question  a call of this package, its arguments and options
     * @returns {Promise<any>} what came of it
     */
    async answerTo(question) {
      const body = JSON.stringify(question);
      const response = await miniflare.dispatchFetch('http://worker.test/', { method: 'POST', body });
      const text = await response.text();
      if (!response.ok) throw new Error(`the Worker answers ${response.status}: ${text}`);
      return JSON.parse(text);
    },
    stop: () => miniflare.dispose(),
  };
}
