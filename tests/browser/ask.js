/* Types queries into the search box of the built site (HANDBOOK_SITE) and says what it lists: the hands and eyes of
 * scripts/measure_search.py. Reads {"where": "http" | "file", "queries": [text, ...]} from standard input; writes one
 * JSON line per query, {"hits": [[address below the root, title], ...], "milliseconds": N}, in the order asked. */
'use strict';

const fs = require('node:fs');
const { FILES, launch, serve, visit } = require('./helpers.js');

const PATIENCE = 20000;

/** In the page: types, waits until the list has settled on all data, reads the visible hits. */
function ask([query, patience]) {
  return new Promise((resolve, reject) => {
    const input = Array.from(document.querySelectorAll('[data-handbook="search"]')).find((box) => box.getClientRects().length);
    if (!input) { reject(new Error('no visible search box')); return; }
    if (document.activeElement !== input) input.focus();
    const began = performance.now();
    let timer = 0;
    const done = () => {
      const note = input.form.querySelector('.hb-results__note');
      if (!note || note.hidden || /正在读取|还在读取/.test(note.textContent)) return;
      watch.disconnect();
      clearTimeout(timer);
      if (/没有读到/.test(note.textContent)) { reject(new Error(note.textContent)); return; }
      const hits = Array.from(input.form.querySelectorAll('[data-handbook="search/result"]')).filter((hit) => hit.getClientRects().length);
      resolve({
        hits: hits.map((hit) => [hit.href, hit.querySelector('.hb-hit__title').textContent]),
        milliseconds: Math.round(performance.now() - began),
      });
    };
    const watch = new MutationObserver(done);
    watch.observe(input.form, { childList: true, characterData: true, subtree: true });
    timer = setTimeout(() => { watch.disconnect(); reject(new Error('no answer to ' + query)); }, patience);
    input.value = query;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

async function main() {
  const { where, queries } = JSON.parse(fs.readFileSync(0, 'utf8'));
  const [browser, server] = await Promise.all([launch(), where === 'http' ? serve() : null]);
  const base = server ? server.address : FILES;
  try {
    await visit(browser, base, {}, async (page) => {
      await page.goto(base + 'index.html');
      await page.waitForLoadState('load');
      for (const query of queries) {
        const answer = await page.evaluate(ask, [query, PATIENCE]);
        answer.hits = answer.hits.map(([href, title]) => [decodeURI(href.slice(base.length)), title]);
        process.stdout.write(JSON.stringify(answer) + '\n');
      }
    });
  } finally {
    await browser.close();
    if (server) await server.close();
  }
}

main().catch((error) => {
  process.stderr.write(String(error && error.message || error) + '\n');
  process.exitCode = 1;
});
