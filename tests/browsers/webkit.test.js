import { webkit } from '../support/webkit.js';
import { testDownloads } from './download-cases.js';
import { testLoading } from './loading-cases.js';
import { inBrowser } from './site.js';

inBrowser(webkit, (visit, project) => {
  testLoading(visit, project);
  testDownloads(visit, { privateFiles: false });
});
