import { webkit } from '../support/webkit.js';
import { testOpening } from './playground-opening-cases.js';
import { testPage } from './playground-page-cases.js';
import { testText } from './playground-text-cases.js';
import { testTroubles } from './playground-trouble-cases.js';
import { testViews } from './playground-view-cases.js';
import { inPlayground } from './playground-visit.js';

inPlayground(webkit, (tools) => {
  testText(tools);
  testViews(tools);
  testOpening(tools);
  testPage(tools);
  testTroubles(tools);
});
