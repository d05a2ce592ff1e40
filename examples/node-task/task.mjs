// Keeps the clear scenes of a payload, and gives each its outline as a file. A command of its own:
//
//     node examples/node-task/task.mjs run examples/payloads/sentinel-2.json --local
import { FailedValidation, Task } from 'stac-task';

export class ClearScenes extends Task {
  static name = 'clear-scenes';
  static version = '1.0.0';
  static description = 'Keeps the scenes with few clouds';

  validate() {
    if (this.items.every(({ properties }) => 'eo:cloud_cover' in properties)) return true;
    throw new FailedValidation('every scene needs eo:cloud_cover');
  }

  async *process({ max_cloud_cover = 20 }) {
    const store = await this.openWorkdir();
    for (const scene of this.items) {
      const clouds = scene.properties['eo:cloud_cover'];
      if (clouds > max_cloud_cover) {
        this.logger.info(`${scene.id} has ${clouds} % clouds: left out`);
        continue;
      }
      const item = Task.createItemFromItem(scene);
      const outline = JSON.stringify(scene.geometry);
      item.assets.outline = {
        href: await store.write(`${scene.id}.geojson`, outline),
        type: 'application/geo+json',
        roles: ['overview'],
      };
      yield item;
    }
  }

  postProcessItem(item) {
    return ClearScenes.addSoftwareVersionToItem(item);
  }
}

await ClearScenes.cli();
