import { chromium } from '../support/chromium.js';
import { testDownloads } from './download-cases.js';
import { testLoading } from './loading-cases.js';
import { inBrowser } from './site.js';

inBrowser(chromium, (visit, project) => {
  testLoading(visit, project);
  testDownloads(visit, { privateFiles: true });
});
