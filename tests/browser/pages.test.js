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

for (const width of [360, 1000]) test('the drawer works by keyboard at ' + width + ' px', async () => {
  await visit(browser, server.address, { viewport: { width, height: 740 } }, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    const opener = page.locator('[data-hb-drawer="open"]');
    await opener.focus();
    await page.keyboard.press('Enter');
    assert.equal(await opener.getAttribute('aria-expanded'), 'true');
    await page.locator('#hb-nav a').first().waitFor({ state: 'visible' });
    const side = await page.locator('.md-sidebar--primary').boundingBox();
    assert.deepEqual([side.y, side.height], [0, 740], 'from top to bottom');
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

const SCHEME = () => document.body.getAttribute('data-md-color-scheme');
const MEDIA = '(prefers-color-scheme';

for (const where of ['http', 'file']) {
  test(where + ': light, dark and following the system can be chosen by keyboard and are kept', async () => {
    const base = where === 'http' ? server.address : FILES;
    await visit(browser, base, { colorScheme: 'dark', reducedMotion: 'reduce' }, async (page, witness) => {
      await page.goto(base + KINDS.home);
      const button = page.locator('[data-md-component="palette"]');
      const state = async () => [await button.getAttribute('aria-label'), await page.evaluate(SCHEME),
        await page.locator('meta[name="color-scheme"]').getAttribute('content')];
      const kept = () => page.evaluate(() => JSON.parse(localStorage.getItem(Object.keys(localStorage)
        .find((key) => key.endsWith('.__palette')) || '') || 'null'));
      assert.deepEqual(await state(), ['配色：跟随系统', 'slate', 'dark']);
      assert.equal(await kept(), null, 'nothing is kept that nobody chose');
      const follows = async (system, scheme) => {   /* the page hears of the system's change a moment later */
        await page.emulateMedia({ colorScheme: system });
        await page.waitForFunction((want) => document.body.getAttribute('data-md-color-scheme') === want, scheme);
      };
      await follows('light', 'default');
      assert.deepEqual(await state(), ['配色：跟随系统', 'default', 'light']);
      await follows('dark', 'slate');

      await button.focus();
      await page.keyboard.press('Enter');
      assert.deepEqual(await state(), ['配色：浅色', 'default', 'light']);
      assert.equal(await button.locator('svg').filter({ visible: true }).count(), 1);
      assert.deepEqual(await kept(),
        { index: 1, color: { media: MEDIA + ': light)', scheme: 'default', primary: 'custom', accent: 'custom' } });
      const other = await witness.context.newPage();
      await other.goto(base + KINDS.procedure);
      assert.equal(await other.evaluate(SCHEME), 'default', 'a choice beats the system');

      await page.keyboard.press('Space');
      assert.deepEqual(await state(), ['配色：深色', 'slate', 'dark']);
      await other.waitForFunction(() => document.body.getAttribute('data-md-color-scheme') === 'slate');
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(base + KINDS.procedure);
      assert.deepEqual(await state(), ['配色：深色', 'slate', 'dark']);
      await button.click();
      assert.deepEqual(await state(), ['配色：跟随系统', 'default', 'light']);
      assert.equal((await kept()).index, 0);
    });
  });
}

test('the choice stands before the first script file has come', async () => {
  await visit(browser, server.address, { colorScheme: 'dark' }, async (page, witness) => {
    await witness.context.route(/assets\/.*\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
    await page.goto(server.address + KINDS.procedure);
    assert.equal(await page.evaluate(SCHEME), 'slate');
    await page.evaluate((media) => __md_set('__palette', { index: 1, color: { media } }), MEDIA + ': light)');
    await page.reload();
    assert.equal(await page.evaluate(SCHEME), 'default');
  });
});

test('the contents follow the page', async () => {
  await visit(browser, server.address, { viewport: { width: 1280, height: 420 } }, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    const links = page.locator('.md-nav--secondary .md-nav__link');
    const marked = page.locator('.md-nav--secondary .md-nav__link[aria-current="location"].md-nav__link--active');
    const number = await links.count();
    assert.ok(number > 5);
    assert.equal(await marked.count(), 0, 'nothing is marked above the first heading');
    const inView = () => marked.evaluate((link) => {
      const own = link.getBoundingClientRect();
      const box = link.closest('.md-sidebar__scrollwrap').getBoundingClientRect();
      return own.top >= box.top && own.bottom <= box.bottom && box.bottom <= innerHeight;
    });
    for (const place of [...Array(number).keys(), 0]) {
      const href = await links.nth(place).getAttribute('href');
      await page.evaluate((id) => {
        location.hash = '';
        document.getElementById(id).scrollIntoView();
        scrollBy(0, -90);                                /* below the header, where a jump would leave it */
      }, href.slice(1));
      await page.waitForFunction((wanted) => {
        const link = document.querySelector('.md-nav--secondary [aria-current]');
        return link && (link.getAttribute('href') === wanted || scrollY + innerHeight >= document.documentElement.scrollHeight - 2);
      }, href);
      assert.equal(await marked.count(), 1);
      assert.ok(await inView(), href);
    }
    for (const place of [number - 1, 1]) {
      await links.nth(place).click();
      const href = await links.nth(place).getAttribute('href');
      await page.waitForFunction((wanted) => {
        const link = document.querySelector('.md-nav--secondary [aria-current]');
        return link && link.getAttribute('href') === wanted;
      }, href);
      const [top, under] = await page.evaluate((id) => [document.getElementById(id).getBoundingClientRect().top,
        document.querySelector('.md-header').getBoundingClientRect().bottom], href.slice(1));
      assert.ok(top >= under, href + ' stands under the header');
    }
  });
});

test('side columns stay in the window and scroll by themselves, with script and without', async (t) => {
  for (const javaScriptEnabled of [true, false]) {
    await t.test(javaScriptEnabled ? 'with' : 'without', async () => {
      await visit(browser, server.address, { viewport: { width: 1280, height: 420 }, javaScriptEnabled }, async (page) => {
        await page.goto(server.address + KINDS.procedure);
        const boxes = page.locator('.md-sidebar__scrollwrap');
        assert.equal(await boxes.count(), 2);
        for (const y of [0, 1500]) {
          await page.mouse.move(640, 300);
          await page.mouse.wheel(0, y);
          await page.waitForTimeout(200);
          for (let i = 0; i < 2; i += 1) {
            const box = await boxes.nth(i).boundingBox();
            assert.ok(box.height > 100, 'there is something to see');
            assert.ok(box.y >= 0 && box.y + box.height <= 420, JSON.stringify(box));
            assert.equal(await boxes.nth(i).evaluate((node) => getComputedStyle(node).overflowY), 'auto');
          }
        }
        assert.equal(await page.locator('[data-md-component="palette"]').isVisible(), javaScriptEnabled);
      });
    });
  }
});

test('the page one is on is in view in a long first column', async () => {
  await visit(browser, server.address, { viewport: { width: 1280, height: 420 } }, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    const last = page.locator('#hb-nav .is-active a:not([aria-current])').last();
    await Promise.all([page.waitForURL(new URL(await last.getAttribute('href'), page.url()).href), last.click()]);
    const seen = await page.locator('#hb-nav a[aria-current="page"]').evaluate((link) => {
      const own = link.getBoundingClientRect();
      return own.top >= 0 && own.bottom <= innerHeight;
    });
    assert.ok(seen);
  });
});

test('what has the focus wears a ring, and what was clicked does not', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    const ring = (selector) => page.locator(selector).filter({ visible: true }).first().evaluate((node) => {
      const style = getComputedStyle(node);
      return style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
    });
    const button = '[data-md-component="palette"]';
    await page.locator(button).click();
    assert.equal(await ring(button), 0);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    assert.ok(await ring(button) >= 2);
    await page.locator('main summary').first().focus();
    assert.ok(await ring('main summary') >= 2);
  });
});

test('a plain table that is too wide scrolls in its own box, by keyboard too', async () => {
  const name = PAGES.find((one) => fs.readFileSync(path.join(SITE, one), 'utf8').includes('<table>'));
  assert.ok(name, 'a page with a table of Markdown');
  await visit(browser, server.address, { viewport: { width: 360, height: 740 } }, async (page) => {
    await page.goto(server.address + name);
    const wrong = await page.locator('main table:not([class])').evaluateAll((tables) => tables.filter((table) => {
      const box = table.closest('.md-typeset__scrollwrap');
      return !box || (box.scrollWidth > box.clientWidth) !== (box.tabIndex === 0);
    }).length);
    assert.equal(wrong, 0);
  });
});

test('no page loads a script of the theme', async () => {
  assert.ok(!fs.existsSync(path.join(SITE, 'assets/javascripts')));
  await visit(browser, server.address, {}, async (page, witness) => {
    for (const name of Object.values(KINDS)) {
      await page.goto(server.address + name);
      await page.locator('h1').first().waitFor();
    }
    const scripts = witness.seen.filter((address) => address.endsWith('.js'));
    assert.ok(scripts.some((address) => address.endsWith('assets/frame.js')));
    assert.deepEqual(scripts.filter((address) => /javascripts|bundle/.test(address)), []);
  });
});
