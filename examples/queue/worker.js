// A Cloudflare Worker with a queue: POST payloads, a task runs on each, and the results are kept in R2.
//
//     cd examples/queue && npx wrangler dev
//     curl --json @../payloads/sentinel-2.json http://localhost:8787/
//     curl http://localhost:8787/sentinel-s2-l2a/workflow-sentinel-2-cog/S2A_32TMS_20220811_0_L2A/S2B_33UVP_20240713_0_L2A
import { Task, toQueueHandler } from 'stac-task';

class KeepClear extends Task {
  static name = 'keep-clear';
  static version = '1.0.0';

  process({ max_cloud_cover = 20 }) {
    return this.items.filter(({ properties }) => properties['eo:cloud_cover'] <= max_cloud_cover);
  }
}

/** @param {string} id  of a payload */
const keyOf = (id) => `results/${id}.json`;

export default {
  queue: toQueueHandler(KeepClear, {
    sink: (result, { env }) => env.RESULTS.put(keyOf(result.id), JSON.stringify(result)),
    // Seconds until a message that failed comes again: 10, 20, 40, …
    retryDelay: (_error, { message }) => 5 * 2 ** message.attempts,
  }),

  async fetch(request, env) {
    if (request.method === 'POST') {
      await env.PAYLOADS.send(await request.json());
      return new Response('queued\n', { status: 202 });
    }
    const id = decodeURIComponent(new URL(request.url).pathname.slice(1));
    const result = await env.RESULTS.get(keyOf(id));
    if (!result) return new Response('there is no result\n', { status: 404 });
    return new Response(result.body, { headers: { 'content-type': 'application/json' } });
  },
};
