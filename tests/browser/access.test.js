/* Accessibility: axe finds nothing on one page of each kind, wide and narrow, light and dark. */
'use strict';

const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const { KINDS, launch, serve, visit } = require('./helpers.js');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const LOOKS = [
  { width: 1280, height: 900, colorScheme: 'light' },
  { width: 1280, height: 900, colorScheme: 'dark' },
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
];

let browser;
let server;
test.before(async () => { [browser, server] = await Promise.all([launch(), serve()]); });
test.after(async () => { await browser.close(); await server.close(); });

/** What axe complains of, one line each. */
async function complaints(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ' ' + node.target.join(' ') + ': ' + node.html.slice(0, 160)));
}

for (const [kind, name] of Object.entries(KINDS)) {
  test('axe: ' + kind, async () => {
    await visit(browser, server.address, { reducedMotion: 'reduce' }, async (page) => {
      await page.goto(server.address + name);
      await page.locator('h1').first().waitFor();
      for (const look of LOOKS) {
        await page.setViewportSize({ width: look.width, height: look.height });
        await page.emulateMedia({ colorScheme: look.colorScheme });
        await page.waitForFunction((scheme) => document.body.getAttribute('data-md-color-scheme') === scheme,
          look.colorScheme === 'dark' ? 'slate' : 'default');
        assert.deepEqual(await complaints(page), [], look.width + ' px, ' + look.colorScheme);
      }
    });
  });
}

test('with everything unfolded', async (t) => {
  await visit(browser, server.address, { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' }, async (page) => {
    for (const kind of ['procedure', 'report', 'roles']) {
      await t.test(kind, async () => {
        await page.goto(server.address + KINDS[kind]);
        await page.evaluate(() => document.querySelectorAll('main details').forEach((node) => { node.open = true; }));
        assert.deepEqual(await complaints(page), []);
      });
    }
  });
});

test('with a run, a question and a list of hits open', async () => {
  for (const look of [LOOKS[0], LOOKS[3]]) {
    const options = { viewport: { width: look.width, height: look.height }, colorScheme: look.colorScheme, reducedMotion: 'reduce' };
    await visit(browser, server.address, options, async (page) => {
      await page.goto(server.address + KINDS.checklist);
      await page.locator('input[data-item]').first().check();
      assert.deepEqual(await complaints(page), []);
      await page.locator('.hb-run [data-act="delete"]').click();
      assert.deepEqual(await complaints(page), []);
      await page.locator('.hb-run [data-act="cancel"]').click();
      await page.locator('.hb-run [data-act="rename"]').click();
      assert.deepEqual(await complaints(page), []);
      await page.goto(server.address + KINDS.home);
      await page.locator('[data-handbook="search"]').filter({ visible: true }).first().fill('公示');
      await page.locator('[data-handbook="search/result"]').first().waitFor();
      assert.deepEqual(await complaints(page), []);
    });
  }
});

test('on a phone with the drawer open', async () => {
  await visit(browser, server.address, { viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' }, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    await page.locator('[data-hb-drawer="open"]').click();
    await page.locator('#hb-nav a').first().waitFor({ state: 'visible' });
    await page.waitForTimeout(400);                      /* the drawer has come in */
    assert.deepEqual(await complaints(page), []);
  });
});

test('the first Tab leads past the frame', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    await page.keyboard.press('Tab');
    const skip = await page.evaluate(() => [document.activeElement.className, document.activeElement.getAttribute('href')]);
    assert.match(skip[0], /skip/);
    assert.match(skip[1], /^#/);
  });
});
