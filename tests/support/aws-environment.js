import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach } from 'node:test';

/**
 * Nothing of AWS that the machine has may decide in the tests of a file: each begins without variables of AWS, and
 * with a folder for its shared files, which are not there.
 */
export function withoutAws() {
  /** @type {Record<string, string | undefined>} */
  let environment;
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stac-task-aws-'));
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(() => {
    environment = { ...process.env };
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    process.env.AWS_CONFIG_FILE = join(folder, 'config');
    process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'credentials');
  });
  afterEach(() => {
    process.env = /** @type {NodeJS.ProcessEnv} */ (environment);
  });
  return {
    /** Where the shared files would be. */
    get folder() {
      return folder;
    },
  };
}
