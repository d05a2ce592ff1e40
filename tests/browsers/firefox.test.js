import { firefox } from '../support/firefox.js';
import { testDownloads } from './download-cases.js';
import { testLoading } from './loading-cases.js';
import { inBrowser } from './site.js';

inBrowser(firefox, (visit, project) => {
  testLoading(visit, project);
  testDownloads(visit, { privateFiles: true });
});
