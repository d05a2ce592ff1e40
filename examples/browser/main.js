// With a bundler this is `import { validate } from 'stac-task'`.
import { validate } from '../../dist/browser.js';

const payload = document.querySelector('#payload');
const findings = document.querySelector('#findings');

async function check() {
  const { valid, issues } = await validate(payload.value);
  const lines = issues.map(({ severity, message, range }) => `${range.start.line}: ${severity}: ${message}`);
  findings.textContent = [valid ? 'valid' : 'invalid', ...lines].join('\n');
}
payload.addEventListener('input', check);
check();
