/*
 * AWS's runtime client speaks to Lambda through a native module, which is not built here. Preloaded with
 * `node --require`, this takes its place: the same three functions, over node:http. All else is AWS's code.
 */
const http = require('node:http');
const Module = require('node:module');

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

/**
 * @param {string} method
 * @param {string} path
 * @param {string} [body]
 */
const send = (method, path, body) =>
  new Promise((resolve, reject) => {
    const url = `/2018-06-01/runtime/invocation/${path}`;
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const request = http.request({ hostname, port, agent, method, path: url, headers }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk) => {
          text += chunk;
        })
        .on('end', () => resolve({ bodyJson: text, headers: response.headers }));
    });
    request.on('error', reject).end(body);
  });

// The native functions return once the answer is sent; here what comes next waits for it.
let sent = Promise.resolve();
const client = {
  next: () => sent.then(() => send('GET', 'next')),
  done: (/** @type {string} */ id, /** @type {string} */ body) => {
    sent = send('POST', `${id}/response`, body);
  },
  error: (/** @type {string} */ id, /** @type {string} */ body) => {
    sent = send('POST', `${id}/error`, body);
  },
};

const load = Module._load;
Module._load = (request, ...rest) => (request === './rapid-client.node' ? client : load(request, ...rest));
