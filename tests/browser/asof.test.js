/* A procedure as of an older day: the day is in the link, from a server and from a USB stick alike. */
'use strict';

const test = require('node:test');
const assert = require('node:assert/strict');
const { FILES, KINDS, launch, serve } = require('./helpers.js');

let browser;
let server;
test.before(async () => { [browser, server] = await Promise.all([launch(), serve()]); });
test.after(async () => { await browser.close(); await server.close(); });

async function open(base, query) {
  const page = await browser.newPage();
  await page.goto(base + KINDS.procedure + query);
  return page;
}

const top = (page) => page.locator('.md-content h1 + [data-asof-top]');
const notes = (page) => page.locator('.hb-step > [data-asof-step]');

for (const [name, base] of [['a server', () => server.address], ['a USB stick', () => FILES]]) {
  test('an older day marks every step, from ' + name, async () => {
    const page = await open(base(), '?on=2024-06-01');
    assert.match(await top(page).innerText(), /按2024-06-01看.*2014年版.*不是现行规定/s);
    assert.equal(await notes(page).count(), await page.locator('.hb-step').count());
    assert.match(await page.locator('#public-notice > [data-asof-step]').innerText(), /25步流程图中没有这一步.*二手/s);
    assert.match(await page.locator('#join-group > [data-asof-step]').innerText(), /2014版\s*此处未核到/);
    await page.close();
  });

  test('the form puts the chosen day into the link, from ' + name, async () => {
    const page = await open(base(), '');
    assert.equal(await notes(page).count(), 0);
    await page.locator('#asof-day').fill('2020-02-29');
    await Promise.all([page.waitForURL(/\?on=2020-02-29/), page.getByRole('button', { name: '看这一天' }).click()]);
    assert.match(await top(page).innerText(), /按2020-02-29看/);
    await Promise.all([page.waitForURL(/member-admission\.html$/), top(page).getByRole('link').click()]);
    assert.equal(await top(page).count(), 0);
    await page.close();
  });
}

test('from the day the new text began nothing is marked', async () => {
  const page = await open(FILES, '?on=2026-05-11');
  assert.equal(await notes(page).count(), 0);
  assert.match(await top(page).innerText(), /适用的是2026年修订版/);
  await page.close();
});

test('a day before any registered text says that nothing is known', async () => {
  const page = await open(FILES, '?on=2014-05-27');
  assert.equal(await notes(page).count(), 0);
  assert.match(await top(page).innerText(), /没有登记/);
  await page.close();
});

test('a day that does not exist is named as such', async () => {
  for (const day of ['2026-02-30', '2026-13-01', 'abc', '%3Cb%3E']) {
    const page = await open(FILES, '?on=' + day);
    assert.match(await top(page).innerText(), /日期读不懂/, day);
    assert.equal(await notes(page).count(), 0);
    await page.close();
  }
});

test('without script the section lists the differences and shows no form', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(FILES + KINDS.procedure);
  assert.equal(await page.locator('#asof-day').isVisible(), false);
  assert.ok(await page.locator('[data-asof] table tbody tr').count() >= 8);
  await context.close();
});
