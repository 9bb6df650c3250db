/* Terms explained in place: by pointing, by keyboard, by touch, without a script; and the glossary they lead to. */
'use strict';

const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const { FILES, KINDS, launch, serve, visit } = require('./helpers.js');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const MARK = 'main a.hb-term';
const BOX = '#hb-explain';

let browser;
let server;
test.before(async () => { [browser, server] = await Promise.all([launch(), serve()]); });
test.after(async () => { await browser.close(); await server.close(); });

function explanations(witness) {
  return witness.seen.filter((address) => /\/(terms|terms-data\.[0-9a-f]+)\.js$/.test(address)).length;
}

async function complaints(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ' ' + node.target.join(' ') + ': ' + node.html.slice(0, 160)));
}

for (const where of ['http', 'file']) {
  const base = () => (where === 'http' ? server.address : FILES);

  test(where + ': pointing opens the explanation, leaving closes it, and nothing is loaded before', async () => {
    await visit(browser, base(), {}, async (page, witness) => {
      await page.goto(base() + KINDS.procedure);
      await page.waitForLoadState('load');
      assert.equal(explanations(witness), 0);
      const mark = page.locator(MARK).first();
      await mark.hover();
      await page.locator(BOX).waitFor();
      assert.equal(explanations(witness), 2);
      assert.equal(await mark.getAttribute('aria-expanded'), 'true');
      const link = page.locator(BOX + ' a');
      assert.equal(await link.textContent(), '到术语');
      assert.equal(await link.evaluate((node) => node.href), await mark.evaluate((node) => node.href));
      await page.locator(BOX).hover();
      await page.waitForTimeout(500);
      assert.equal(await page.locator(BOX).count(), 1, 'the pointer may go into it');
      await page.mouse.move(2, 2);
      await page.locator(BOX).waitFor({ state: 'detached' });
    });
  });

  test(where + ': the keyboard opens, leads in, closes and follows', async () => {
    await visit(browser, base(), {}, async (page) => {
      await page.goto(base() + KINDS.procedure);
      const mark = page.locator(MARK).nth(1);
      await page.keyboard.press('Tab');
      await mark.focus();
      await page.locator(BOX).waitFor();
      assert.equal(await mark.getAttribute('role'), 'button');
      const described = await mark.getAttribute('aria-describedby');
      assert.ok((await page.locator('#' + described).textContent()).length > 5);
      await page.keyboard.press('Escape');
      await page.locator(BOX).waitFor({ state: 'detached' });
      assert.ok(await mark.evaluate((node) => node === document.activeElement));
      await page.keyboard.press('Enter');
      await page.locator(BOX).waitFor();
      await page.keyboard.press('Enter');
      await page.locator(BOX).waitFor({ state: 'detached' });
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.textContent), '到术语');
      await page.keyboard.press('Escape');
      assert.ok(await mark.evaluate((node) => node === document.activeElement), 'focus comes back');
      assert.equal(await page.locator(BOX).count(), 0);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(/glossary\/letter-[a-z]+\.html#/);
      const anchor = new URL(page.url()).hash;
      assert.ok(await page.locator(anchor).isVisible());
    });
  });
}

test('a tap opens and a second one closes; another place closes too', async () => {
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
  await visit(browser, server.address, phone, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    const mark = page.locator(MARK).first();
    await mark.scrollIntoViewIfNeeded();
    await mark.tap();
    await page.locator(BOX).waitFor();
    const fits = await page.locator(BOX).evaluate((box) => {
      const { left, right, top, bottom } = box.getBoundingClientRect();
      return left >= 0 && right <= document.documentElement.clientWidth && top >= 0 && bottom <= window.innerHeight;
    });
    assert.ok(fits, 'inside the window');
    assert.match(page.url(), /member-admission\.html$/);
    await mark.tap();
    assert.equal(await page.locator(BOX).count(), 0);
    await mark.tap();
    await page.locator(BOX).waitFor();
    await page.locator('h1').tap({ force: true }).catch(() => page.touchscreen.tap(20, 20));
    await page.locator(BOX).waitFor({ state: 'detached' });
  });
});

test('axe finds nothing in an open explanation and in the glossary', async () => {
  for (const look of [{ width: 1280, colorScheme: 'light' }, { width: 360, colorScheme: 'dark' }]) {
    const options = { viewport: { width: look.width, height: 900 }, colorScheme: look.colorScheme, reducedMotion: 'reduce' };
    await visit(browser, server.address, options, async (page) => {
      await page.goto(server.address + KINDS.procedure);
      await page.locator(MARK).first().click();
      await page.locator(BOX).waitFor();
      assert.deepEqual(await complaints(page), []);
      await page.goto(server.address + KINDS.glossary);
      await page.locator('#hb-filter').fill('yubei');
      assert.deepEqual(await complaints(page), []);
    });
  }
});

test('without a script a mark is a link to its entry', async () => {
  await visit(browser, server.address, { javaScriptEnabled: false }, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    const mark = page.locator(MARK).first();
    const target = new URL(await mark.evaluate((node) => node.href));
    assert.equal(await mark.getAttribute('role'), null);
    await mark.click();
    await page.waitForURL(target.href);
    assert.ok(await page.locator(target.hash + ' dd').isVisible());
    await page.goto(server.address + KINDS.glossary);
    assert.equal(await page.locator('#hb-filter').isVisible(), false);
    await page.locator('#probation a').click();
    assert.ok(await page.locator('#probation dd').isVisible());
  });
});

test('where the explanations cannot come a mark leads to the glossary', async () => {
  const witness = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    await context.route(/terms-data\./, (route) => { witness.push(route.request().url()); return route.abort(); });
    const page = await context.newPage();
    await page.goto(server.address + KINDS.procedure);
    await page.locator(MARK).first().click();
    await page.waitForURL(/glossary\/letter-[a-z]+\.html#/);
    assert.equal(witness.length, 1);
  } finally {
    await context.close();
  }
});

test('on paper a marked term looks like any word', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    const mark = page.locator(MARK).first();
    await mark.click();
    await page.locator(BOX).waitFor();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator(BOX).isVisible(), false);
    await page.waitForFunction((node) => getComputedStyle(node).color === getComputedStyle(node.parentNode).color,
      await mark.elementHandle());                      /* links change their colour over an eighth of a second */
    assert.match(await mark.evaluate((node) => getComputedStyle(node).textDecorationLine), /none/);
  });
});

test('the glossary narrows down by name, other name, pinyin and initials, and a link shows what was filtered out', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await page.goto(server.address + KINDS.glossary);
    const entries = page.locator('.hb-names > li');
    const all = await entries.count();
    const seen = () => entries.filter({ visible: true }).count();
    const input = page.locator('#hb-filter');
    for (const typed of ['预备党员', '预备期党员', 'yubeidangyuan', 'YU BEI dang yuan', 'ybdy']) {
      await input.fill(typed);
      await page.waitForFunction(() => 'HANDBOOK_TERMS' in window);
      assert.ok(await page.locator('#probationer').isVisible(), typed);
      assert.ok(await seen() < all / 2, typed);
      assert.match(await page.locator('.hb-filter [role=status]').textContent(), /^\d+条$/);
    }
    const lists = await page.locator('.hb-names').filter({ visible: true }).count();
    assert.equal(await page.locator('main h2').filter({ visible: true }).count(), lists, 'letters without terms go too');
    await input.fill('没有这个词');
    assert.equal(await seen(), 0);
    await page.evaluate(() => { location.hash = '#probation'; });
    await page.locator('#probation').waitFor({ state: 'visible' });
    assert.equal(await seen(), all);
    assert.match(await page.locator(BOX).textContent(), /预备期/, 'and explains it');
  });
});
