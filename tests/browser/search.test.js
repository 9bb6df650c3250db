/* Search as a reader uses it, from a server and from a stick. */
'use strict';

const test = require('node:test');
const assert = require('node:assert/strict');
const { FILES, KINDS, launch, serve, visit } = require('./helpers.js');

const BOX = '[data-handbook="search"]';
const HIT = '[data-handbook="search/result"]';
const FIRST = 3;
const PROCEDURE = 'procedures/member-admission.html';

/** What is typed, the page that answers, and the words there that answer it. */
const QUESTIONS = [
  ['预备期从哪天算', PROCEDURE, /大会通过(之日|那天)/],
  ['几个人到会才能表决', 'meetings/members-meeting.html', /应到.*半数/s],
  ['公示几天', PROCEDURE + '|forms/public-notice.html', /5个工作日/],
  ['志愿书谁发', PROCEDURE + '|procedures/admission-papers.html', /预审.*《?入党志愿书/s],
  ['发展党员', PROCEDURE, /25/],
  ['支部党员大会', 'meetings/members-meeting.html', /议程/],
  ['签到表', 'forms/sign-in.html', /应到/],
  ['fzdy', PROCEDURE, /发展党员/],
  ['fazhandangyuan', PROCEDURE, /发展党员/],
  ['發展黨員', PROCEDURE, /发展党员/],
  ['zzshh', 'ledgers/organization-life.html|calendar/index.html|glossary/index.html', /组织生活会/],
];

let browser;
let server;
test.before(async () => { [browser, server] = await Promise.all([launch(), serve()]); });
test.after(async () => { await browser.close(); await server.close(); });

async function box(page) {
  const all = page.locator(BOX);
  await all.first().waitFor({ state: 'attached' });
  return all.filter({ visible: true }).first();
}

async function ask(page, words) {
  const input = await box(page);
  const hits = page.locator(HIT).filter({ visible: true });
  await input.fill('');                                  /* hits of the question before are no answer to this one */
  await hits.first().waitFor({ state: 'hidden' });
  await input.fill(words);
  await hits.first().waitFor();
  await page.waitForFunction(() => {                     /* the text is there, not only the names */
    const note = document.querySelector('.hb-results__note');
    return note && !/读取/.test(note.textContent);
  });
  return hits;
}

for (const where of ['http', 'file']) {
  const base = () => (where === 'http' ? server.address : FILES);

  test(where + ': questions find their page among the first three', async (t) => {
    await visit(browser, base(), {}, async (page) => {
      await page.goto(base() + 'index.html');
      for (const [words, target, answer] of QUESTIONS) {
        await t.test(words, async () => {
          const hits = await ask(page, words);
          const shown = await hits.evaluateAll((all) => all.map((hit) => hit.href));
          const wanted = target.split('|').map((name) => base() + name);
          const found = shown.slice(0, FIRST).find((href) => wanted.includes(href.split('#')[0]));
          assert.ok(found, words + ': ' + JSON.stringify(shown.slice(0, FIRST)));
          const reader = await page.context().newPage();
          await reader.goto(found);
          const anchor = decodeURIComponent(new URL(found).hash.slice(1));
          if (anchor) assert.equal(await reader.locator('[id="' + anchor + '"]').count(), 1);
          assert.match(await reader.locator('main').innerText(), answer);
          await reader.close();
        });
      }
    });
  });

  test(where + ': nothing of the index is loaded before the box is used', async () => {
    await visit(browser, base(), {}, async (page, witness) => {
      await page.goto(base() + KINDS.procedure);
      await page.waitForLoadState('load');
      const input = await box(page);
      await page.mouse.wheel(0, 500);
      await page.waitForTimeout(300);
      const index = () => witness.seen.filter((address) => /search-(core|body)\.|assets\/search\.js|search_index/.test(address));
      assert.deepEqual(index(), []);
      assert.deepEqual(witness.seen.filter((address) => /workers\//.test(address)), []);
      await input.focus();
      await page.waitForFunction(() => 'HANDBOOK_SEARCH_BODY' in window);
      assert.equal(index().length, 3);
    });
  });

  test(where + ': the keyboard alone opens a hit', async () => {
    await visit(browser, base(), {}, async (page) => {
      await page.goto(base() + 'about/index.html');
      await page.locator('h1').first().waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('公示几天');
      await page.waitForFunction(() => window.HANDBOOK_SEARCH_BODY === null);
      await page.locator(HIT).first().waitFor();
      const input = await box(page);
      assert.equal(await input.getAttribute('aria-expanded'), 'true');
      await page.keyboard.press('ArrowDown');
      const chosen = await page.locator('[role=option][aria-selected=true]').evaluate((hit) => hit.href);
      assert.ok(chosen.startsWith(base()));
      await page.keyboard.press('Enter');
      await page.waitForURL(chosen);
    });
  });
}

test('the chosen hit stays chosen when the text comes after the names', async () => {
  await visit(browser, server.address, {}, async (page) => {
    let send = null;
    const asked = new Promise((resolve) => {
      page.route(/search-body\./, (route) => { send = () => route.continue(); resolve(); });
    });
    await page.goto(server.address + 'about/index.html');
    const input = await box(page);
    await input.fill('谈话');
    await asked;
    await page.locator(HIT).nth(1).waitFor();
    await input.press('ArrowDown');
    await input.press('ArrowDown');
    const chosen = page.locator('[role=option][aria-selected=true]');
    const before = await chosen.evaluate((hit) => hit.href);
    await send();
    await page.waitForFunction(() => window.HANDBOOK_SEARCH_BODY === null);
    assert.equal(await chosen.evaluate((hit) => hit.href), before);
    assert.equal(await input.getAttribute('aria-activedescendant'), await chosen.getAttribute('id'));
  });
});

test('what is typed stays text, and leaves the machine nowhere', async () => {
  await visit(browser, server.address, {}, async (page, witness) => {
    await page.goto(server.address + 'index.html');
    const input = await box(page);
    await input.fill('<img src=x onerror=alert(1)>"\'&');
    await page.locator('.hb-results').filter({ visible: true }).first().waitFor();
    await page.waitForTimeout(300);
    assert.equal(await page.locator('.hb-results img').count(), 0);
    await input.press('Enter');
    await page.waitForTimeout(200);
    assert.ok(page.url().startsWith(server.address));
    assert.ok(!/img|onerror/.test(page.url()));
    assert.deepEqual(witness.seen.filter((address) => /img%20src|onerror/.test(address)), []);
  });
});

test('without a script the box stays hidden and the names page leads everywhere', async () => {
  await visit(browser, server.address, { javaScriptEnabled: false }, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    assert.equal(await page.locator(BOX).filter({ visible: true }).count(), 0);
    for (const name of ['first-talk', 'archive']) assert.ok(await page.locator('#' + name).isVisible());
    await page.goto(server.address + KINDS.names);
    assert.ok(await page.locator('main a').count() > 50);
  });
});
