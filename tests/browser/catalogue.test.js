/* 模板总目录: filters work from a server and from a stick, stand in the address, and say how many they leave. */
'use strict';

const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const { FILES, KINDS, launch, serve, visit } = require('./helpers.js');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const ROWS = '#catalogue tr[data-kind]';

let browser;
let server;
test.before(async () => { [browser, server] = await Promise.all([launch(), serve()]); });
test.after(async () => { await browser.close(); await server.close(); });

function shown(page) {
  return page.locator(ROWS).filter({ visible: true }).evaluateAll((rows) => rows.map((row) => ({
    kind: row.dataset.kind, roles: row.dataset.roles.split(' '), matters: row.dataset.for.split(' '), words: row.dataset.words,
  })));
}

function said(page) {
  return page.locator('[data-sift-said]').textContent();
}

for (const where of ['http', 'file']) {
  const base = () => (where === 'http' ? server.address : FILES);

  test(where + ': each filter leaves what fits it, together they leave less, clearing shows all', async () => {
    await visit(browser, base(), {}, async (page) => {
      await page.goto(base() + KINDS.catalogue);
      await page.locator('form[data-sift]').waitFor();
      const whole = await shown(page);
      const first = await said(page);
      assert.equal(whole.length, await page.locator(ROWS).count());

      await page.locator('#sift-for').selectOption('procedures/member-admission');
      const matter = await shown(page);
      assert.ok(matter.length > 5 && matter.length < whole.length);
      assert.ok(matter.every((row) => row.matters.includes('procedures/member-admission')));
      assert.equal(await said(page), '找到' + matter.length + '份。');
      const heads = await page.locator('#catalogue .hb-catalogue__matter').filter({ visible: true }).count();
      assert.equal(heads, 1, 'the heading of another matter would mislead');

      await page.locator('#sift-role').selectOption('secretary');
      const both = await shown(page);
      assert.ok(both.length > 0 && both.length < matter.length);
      assert.ok(both.every((row) => row.roles.includes('secretary')));
      assert.match(page.url(), /#for=procedures%2Fmember-admission&role=secretary$/);

      await page.locator('form[data-sift] [data-act="clear"]').click();
      assert.equal((await shown(page)).length, whole.length);
      assert.equal(await said(page), first);
      assert.ok(await page.locator('#sift-text').evaluate((node) => node === document.activeElement));
      assert.doesNotMatch(page.url(), /=/);

      await page.locator('#sift-kind').selectOption('official');
      assert.ok((await shown(page)).every((row) => row.kind === 'official'));
    });
  });

  test(where + ': the address carries the filter, also a changed and a broken one', async () => {
    await visit(browser, base(), {}, async (page) => {
      await page.goto(base() + KINDS.catalogue + '#kind=minutes&text=' + encodeURIComponent('会议'));
      await page.locator('form[data-sift]').waitFor();
      assert.ok((await shown(page)).every((row) => row.kind === 'minutes' && row.words.includes('会议')));
      assert.equal(await page.locator('#sift-text').inputValue(), '会议');
      await page.evaluate(() => { location.hash = 'kind=request'; });
      await page.waitForFunction(() => document.getElementById('sift-kind').value === 'request');
      const requests = await shown(page);
      assert.ok(requests.length > 0 && requests.every((row) => row.kind === 'request'));
      assert.equal(await page.locator('#sift-text').inputValue(), '');
      await page.evaluate(() => { location.hash = 'kind=nothing&text=%E4%BC'; });
      await page.waitForFunction(() => document.getElementById('sift-kind').value === '');
      assert.equal((await shown(page)).length, await page.locator(ROWS).count());
    });
  });
}

test('what nothing fits is said', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await page.goto(server.address + KINDS.catalogue);
    await page.locator('#sift-text').fill('没有这种表');
    assert.match(await said(page), /^没有找到/);
    assert.equal(await page.locator('#catalogue').isVisible(), false);
    await page.locator('#sift-text').fill('计 票');
    assert.ok((await shown(page)).length > 0, 'two words both have to occur');
  });
});

test('without a script the whole table stands there', async () => {
  await visit(browser, server.address, { javaScriptEnabled: false }, async (page) => {
    await page.goto(server.address + KINDS.catalogue);
    assert.equal(await page.locator('form[data-sift]').isVisible(), false);
    assert.equal(await page.locator(ROWS).filter({ visible: true }).count(), await page.locator(ROWS).count());
    assert.ok(await page.locator('#catalogue .hb-catalogue__matter').count() > 5);
  });
});

test('a phone folds the rows, filters them, and never scrolls sideways', async () => {
  await visit(browser, server.address, { viewport: { width: 360, height: 740 } }, async (page) => {
    await page.goto(server.address + KINDS.catalogue + '#kind=official');
    await page.locator('form[data-sift]').waitFor();
    assert.ok((await shown(page)).every((row) => row.kind === 'official'));
    for (const name of [KINDS.catalogue, KINDS.form]) {
      await page.goto(server.address + name);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), name);
    }
  });
});

test('axe: a filtered list, and a form with its example open', async () => {
  for (const colorScheme of ['light', 'dark']) {
    await visit(browser, server.address, { colorScheme, reducedMotion: 'reduce' }, async (page) => {
      for (const name of [KINDS.catalogue + '#for=procedures%2Fmember-admission', KINDS.form]) {
        await page.goto(server.address + name);
        await page.evaluate(() => document.querySelectorAll('main details').forEach((node) => { node.open = true; }));
        await page.evaluate(AXE);
        const { violations } = await page.evaluate(() => window.axe.run(document, {
          resultTypes: ['violations'],
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        }));
        const found = violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ' ' + node.html.slice(0, 160)));
        assert.deepEqual(found, [], name + ' ' + colorScheme);
      }
    });
  }
});
