// A function of AWS Lambda that runs a task: on payloads of Step Functions, and on requests of API Gateway or of a
// function URL. Its handler is `index.handler`. invoke.mjs tries it out:
//
//     node examples/lambda/invoke.mjs examples/payloads/sentinel-2.json
import { InvalidInput, Task, toLambdaHandler } from 'stac-task';

class KeepClear extends Task {
  static name = 'keep-clear';
  static version = '1.0.0';
  static description = 'Keeps the scenes with few clouds';

  process({ max_cloud_cover = 20 }) {
    return this.items.filter(({ id, properties }) => {
      const clouds = properties['eo:cloud_cover'];
      // Cirrus marks such a payload as invalid, and does not try it again.
      if (clouds === undefined) throw new InvalidInput(`${id} has no eo:cloud_cover`);
      return clouds <= max_cloud_cover;
    });
  }

  postProcessItem(item) {
    return KeepClear.addSoftwareVersionToItem(item);
  }
}

export const handler = toLambdaHandler(KeepClear);
