// A Cloudflare Worker that answers a POSTed payload with its report.
import { validate } from 'stac-task';

export default {
  async fetch(request) {
    if (request.method !== 'POST') return new Response('POST a payload\n', { status: 405 });
    const report = await validate(request.body ?? '', { maxBytes: 10_000_000 });
    return Response.json(report, { status: report.valid ? 200 : 422 });
  },
};
