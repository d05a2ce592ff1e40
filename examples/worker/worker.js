// A Cloudflare Worker that runs a task: POST a payload, and its items come back with hrefs that everybody can read, and
// with the collections that the payload's matchers give them.
//
//     cd examples/worker && npx wrangler dev
//     curl --json @../payloads/sentinel-2.json 'http://localhost:8787/'
import { Task, toFetchHandler } from 'stac-task';

class PublishHrefs extends Task {
  static name = 'publish-hrefs';
  static version = '1.0.0';

  process({ from = 's3://', to = 'https://data.example.com/' }) {
    return this.items.map((scene) => {
      const item = Task.createItemFromItem(scene);
      for (const asset of Object.values(item.assets)) {
        if (asset.href.startsWith(from)) asset.href = to + asset.href.slice(from.length);
      }
      return item;
    });
  }

  postProcessItem(item) {
    return PublishHrefs.addSoftwareVersionToItem(item);
  }
}

export default { fetch: toFetchHandler(PublishHrefs) };
