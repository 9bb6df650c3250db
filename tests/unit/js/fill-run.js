/* Fills files as a page does, for the Python tests: reads jobs from stdin, answers with bytes (base64) or the error. */
'use strict';

const path = require('node:path');

for (const name of ['fill-values.js', 'fill-bytes.js', 'fill.js']) {
  require(path.join(__dirname, '../../../docs/assets', name));
}
const Fill = globalThis.HandbookFill;

const text = require('node:fs').readFileSync(0, 'utf8');
const answers = JSON.parse(text).map((job) => {
  try {
    const done = Fill.fill(Uint8Array.from(Buffer.from(job.docx, 'base64')), job.fillable, job.values, job.lists);
    return { bytes: Buffer.from(done).toString('base64') };
  } catch (error) {
    if (!(error instanceof Fill.FillError)) throw error;
    return { error: error.message };
  }
});
process.stdout.write(JSON.stringify(answers));
