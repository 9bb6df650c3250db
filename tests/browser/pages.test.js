/* Every page, in real light: it fits a phone, prints on paper, asks no other host and complains about nothing. */
'use strict';

const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { SITE, FILES, KINDS, launch, serve, visit } = require('./helpers.js');

let browser;
let server;
test.before(async () => { [browser, server] = await Promise.all([launch(), serve()]); });
test.after(async () => { await browser.close(); await server.close(); });

const HEAVIEST = 5;

/** Of each folder the index and its heaviest pages: all of a small site, a fair part of a large one. */
function pagesToSee(folder) {
  const entries = fs.readdirSync(path.join(SITE, folder), { withFileTypes: true });
  const weight = (name) => fs.statSync(path.join(SITE, name)).size;
  const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
    .map((entry) => path.posix.join(folder, entry.name)).sort((one, other) => weight(other) - weight(one));
  const index = names.filter((name) => /(^|\/)index\.html$/.test(name));
  return entries.filter((entry) => entry.isDirectory() && !(folder === '' && ['api', 'assets'].includes(entry.name)))
    .flatMap((entry) => pagesToSee(path.posix.join(folder, entry.name)))
    .concat(Array.from(new Set(index.concat(names.slice(0, HEAVIEST))))).sort();
}

const PAGES = pagesToSee('');

/** How far the page reaches beyond its window, and what sticks out (things that scroll by themselves may). */
function beyond() {
  const width = document.documentElement.clientWidth;
  const scrolls = (node) => {
    for (let up = node.parentElement; up; up = up.parentElement) {
      if (/auto|scroll|hidden/.test(getComputedStyle(up).overflowX) && up !== document.body && up !== document.documentElement) return true;
    }
    return false;
  };
  const out = Array.from(document.querySelectorAll('main *, header *, footer *')).filter((node) => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.right > width + 1 && getComputedStyle(node).position !== 'fixed' && !scrolls(node);
  }).slice(0, 5).map((node) => node.tagName + '.' + node.className + ' ' + Math.round(node.getBoundingClientRect().right));
  return { over: document.documentElement.scrollWidth - width, out };
}

for (const where of ['http', 'file']) {
  test(where + ': no page asks another host, none complains', async () => {
    const base = where === 'http' ? server.address : FILES;
    const names = where === 'http' ? Object.values(KINDS) : PAGES;
    await visit(browser, base, {}, async (page, witness) => {
      for (const name of names) {
        await page.goto(base + name);
        await page.locator('h1').first().waitFor();
      }
      assert.ok(witness.seen.length > names.length);
      assert.deepEqual(witness.seen.filter((address) => !address.startsWith(base) && !address.startsWith('data:')), []);
    });
  });
}

test('pages fit a window of 360 pixels', async () => {
  await visit(browser, server.address, { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }, async (page) => {
    const wrong = {};
    for (const name of PAGES) {
      await page.goto(server.address + name);
      await page.locator('h1').first().waitFor();
      await page.evaluate(() => document.querySelectorAll('main details').forEach((node) => { node.open = true; }));
      const found = await page.evaluate(beyond);
      if (found.over > 0 || found.out.length) wrong[name] = found;
    }
    assert.deepEqual(wrong, {});
  });
});

test('the drawer works by keyboard on a phone', async () => {
  await visit(browser, server.address, { viewport: { width: 360, height: 740 } }, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    const opener = page.locator('[data-hb-drawer="open"]');
    await opener.focus();
    await page.keyboard.press('Enter');
    assert.equal(await opener.getAttribute('aria-expanded'), 'true');
    await page.locator('#hb-nav a').first().waitFor({ state: 'visible' });
    await page.keyboard.press('Escape');
    assert.equal(await opener.getAttribute('aria-expanded'), 'false');
    assert.ok(await opener.evaluate((node) => node === document.activeElement));
  });
});

test('on paper there is the content and nothing of the frame', async (t) => {
  await visit(browser, server.address, {}, async (page) => {
    for (const [kind, name] of Object.entries(KINDS)) {
      await t.test(kind, async () => {
        await page.emulateMedia({ media: 'screen' });
        await page.goto(server.address + name);
        await page.locator('h1').first().waitFor();
        await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
        await page.emulateMedia({ media: 'print' });
        for (const part of ['.md-header', '.md-tabs', '.md-sidebar', '#hb-nav', '.hb-find', '.hb-run button', '[data-handbook="search"]']) {
          assert.equal(await page.locator(part).filter({ visible: true }).count(), 0, part);
        }
        assert.ok(await page.locator('h1').first().isVisible());
        assert.equal(await page.locator('.md-content details:not([open])').count(), 0, 'nobody can open a detail on paper');
        const black = await page.evaluate(() => getComputedStyle(document.querySelector('.md-content')).color);
        const light = black.match(/\d+/g).slice(0, 3).map(Number);
        assert.ok(Math.max(...light) < 110, 'ink is dark: ' + black);
        await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
        await page.emulateMedia({ media: 'screen' });
      });
    }
  });
});

test('paper stays white when the screen is dark', async () => {
  await visit(browser, server.address, { colorScheme: 'dark' }, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).map(Number));
    assert.ok(Math.max(...await colour()) < 80, 'the screen is dark');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.ok(Math.min(...await colour()) > 240);
  });
});

test('a procedure prints on A4 without losing a step', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    assert.ok(pdf.length > 20000);
    const sheets = (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) || []).length;
    assert.ok(sheets >= 5 && sheets <= 40, sheets + ' sheets');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('[data-handbook^="step/member-admission/"]:visible').count(), 25);
  });
});

test('a link into a closed detail opens it', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await page.goto(server.address + KINDS.report);
    const figure = page.locator('[data-handbook^="figure/"]').first();
    const target = (await figure.getAttribute('href')).slice(1);
    assert.equal(await page.locator('#' + target).evaluate((node) => node.open), false);
    await figure.click();
    assert.equal(await page.locator('#' + target).evaluate((node) => node.open), true);
    await page.goto(server.address + KINDS.report + '#' + target);
    assert.equal(await page.locator('#' + target).evaluate((node) => node.open), true);
  });
});

test('every figure of the report opens to rows or to its inputs', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await page.goto(server.address + KINDS.report);
    const figures = page.locator('[data-handbook^="figure/"]');
    const number = await figures.count();
    assert.ok(number > 0);
    for (let i = 0; i < number; i += 1) {
      await figures.nth(i).click();
      const source = page.locator('[id="' + (await figures.nth(i).getAttribute('href')).slice(1) + '"]');
      assert.ok(await source.evaluate((node) => node.open));
      assert.ok(await source.locator('tbody tr:visible, a[href^="#f-"]:visible').count() > 0);
    }
  });
});

test('every download comes over the wire', async () => {
  await visit(browser, server.address, {}, async (page) => {
    for (const name of [KINDS.form, KINDS.report, KINDS.ledger, KINDS.calendar]) {
      await page.goto(server.address + name);
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').first().click()]);
      const file = await download.path();
      assert.ok(fs.statSync(file).size > 500, name);
    }
  });
});

test('light, dark and following the system can be chosen and are kept', async () => {
  await visit(browser, server.address, { colorScheme: 'light' }, async (page) => {
    await page.goto(server.address + KINDS.home);
    const scheme = () => page.evaluate(() => document.body.getAttribute('data-md-color-scheme'));
    const first = await scheme();
    const seen = new Set([first]);
    for (let i = 0; i < 3; i += 1) {
      await page.locator('[data-md-component="palette"] label:visible').click();
      seen.add(await scheme());
      if (await scheme() === 'slate') break;
    }
    assert.ok(seen.has('slate') && seen.size > 1);
    await page.goto(server.address + KINDS.procedure);
    assert.equal(await scheme(), 'slate');
  });
});
