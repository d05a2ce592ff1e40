// A server in Deno that runs a task: POST a payload, or the address of one, and the scenes with few clouds come back.
//
//     deno run --allow-net --allow-read=. examples/deno/server.js 8080
//     curl --json @examples/payloads/sentinel-2.json 'http://127.0.0.1:8080/'
import { Task, toFetchHandler } from 'stac-task';

class ClearScenes extends Task {
  static name = 'clear-scenes';
  static version = '1.0.0';

  process({ max_cloud_cover = 20 }) {
    return this.items.filter(({ properties }) => properties['eo:cloud_cover'] <= max_cloud_cover);
  }
}

const handle = toFetchHandler(ClearScenes, {
  maxBytes: 1_000_000,
  allowHref: (url) => url.startsWith('https://earth-search.aws.element84.com/'),
});

Deno.serve({ hostname: '127.0.0.1', port: Number(Deno.args[0] ?? 8080) }, handle);
