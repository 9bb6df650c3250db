/* Checklists and their named runs: empty at first, kept on the device by item id, separate, exported, closed, deleted. */
'use strict';

const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const { FILES, KINDS, launch, serve, visit } = require('./helpers.js');

const LIST = KINDS.checklist;
const OTHER = 'checklists/members-meeting.html';
const ID = 'member-admission';
const TALK = 'step/member-admission/first-talk';
const NOTICE = 'step/member-admission/public-notice';

let browser;
let server;
test.before(async () => { [browser, server] = await Promise.all([launch(), serve()]); });
test.after(async () => { await browser.close(); await server.close(); });

const act = (page, name) => page.locator('.hb-run [data-act="' + name + '"]');
const boxes = (page, item) => page.locator('input[data-item="' + item + '"]');
const ticked = (page) => page.locator('input[data-item]:checked').evaluateAll((all) => (
  Array.from(new Set(all.map((box) => box.getAttribute('data-item')))).sort()));
const count = (page) => page.locator('.hb-run .hb-num').first().innerText();

async function start(page, base, name) {
  await page.goto(base + LIST);
  await act(page, 'new').waitFor();
  if (name) await create(page, name);
}

async function create(page, name) {
  await act(page, 'new').click();
  await page.locator('.hb-run__form input').fill(name);
  await act(page, 'save').click();
  await page.locator('.hb-run select').waitFor();
}

const tick = (page, item) => boxes(page, item).first().check();

for (const where of ['http', 'file']) {
  const base = () => (where === 'http' ? server.address : FILES);

  test(where + ': a list starts empty, ticks stay after reload, runs are separate', async () => {
    await visit(browser, base(), {}, async (page) => {
      await start(page, base());
      assert.deepEqual(await ticked(page), []);
      assert.ok(await page.locator('.hb-run.is-empty').count());
      assert.equal(await page.locator('.hb-run progress:visible').count(), 0, 'empty never shows as done');

      await create(page, '第三名申请人');
      await tick(page, TALK);
      await tick(page, NOTICE);
      const items = new Set(await page.locator('input[data-item]').evaluateAll((all) => all.map((box) => box.dataset.item)));
      assert.equal(await count(page), '2 / ' + items.size);
      await page.reload();
      assert.deepEqual(await ticked(page), [TALK, NOTICE].sort());
      assert.equal(await count(page), '2 / ' + items.size);

      await create(page, '第四名申请人');
      assert.deepEqual(await ticked(page), []);
      await tick(page, 'step/member-admission/oath');
      await page.locator('.hb-run select').selectOption({ label: '第三名申请人' });
      assert.deepEqual(await ticked(page), [TALK, NOTICE].sort());
      await page.reload();
      assert.deepEqual(await ticked(page), [TALK, NOTICE].sort(), 'the chosen run is remembered');
      await page.locator('.hb-run select').selectOption({ label: '第四名申请人' });
      assert.deepEqual(await ticked(page), ['step/member-admission/oath']);
    });
  });
}

test('a run belongs to one list', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await start(page, server.address, '甲');
    await tick(page, TALK);
    await page.goto(server.address + OTHER);
    await act(page, 'new').waitFor();
    assert.deepEqual(await ticked(page), []);
    assert.ok(await page.locator('.hb-run.is-empty').count());
  });
});

test('the first tick opens a run by itself and says so', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await start(page, server.address);
    await tick(page, TALK);
    assert.match(await page.locator('.hb-run__said').innerText(), /已自动开始/);
    await page.reload();
    assert.deepEqual(await ticked(page), [TALK]);
  });
});

test('every copy of an item is in step', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await start(page, server.address, '甲');
    const copies = boxes(page, TALK);
    const number = await copies.count();
    assert.ok(number >= 2, 'once by stage, at least once by role');
    await copies.nth(number - 1).check();
    for (let i = 0; i < number; i += 1) assert.ok(await copies.nth(i).isChecked());
    await copies.first().uncheck();
    for (let i = 0; i < number; i += 1) assert.ok(!await copies.nth(i).isChecked());
  });
});

test('rewording a list keeps its ticks, and an item that is new starts empty', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await start(page, server.address, '甲');
    await tick(page, TALK);
    const later = fs.readFileSync(require('node:path').join(require('./helpers.js').SITE, LIST), 'utf8')
      .replace(/派人谈话/g, '同申请人谈第一次话')
      .replace(/step\/member-admission\/oath/g, 'step/member-admission/oath-anew');
    await page.route(server.address + LIST, (route) => route.fulfill({ body: later, contentType: 'text/html; charset=utf-8' }));
    await page.reload();
    const label = page.locator('label[for="' + await boxes(page, TALK).first().getAttribute('id') + '"]');
    assert.equal(await label.innerText(), '同申请人谈第一次话');
    assert.deepEqual(await ticked(page), [TALK]);
  });
});

test('a run is exported as a file and can be read back', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await start(page, server.address, '第三名申请人');
    await tick(page, TALK);
    const [download] = await Promise.all([page.waitForEvent('download'), act(page, 'export').click()]);
    assert.equal(download.suggestedFilename(), '清单-member-admission-第三名申请人.json');
    const file = await download.path();
    const data = JSON.parse(fs.readFileSync(file, 'utf8'));
    assert.equal(data.checklist, ID);
    assert.equal(data.run, '第三名申请人');
    const done = data.items.filter((item) => item.ticked);
    assert.deepEqual(done.map((item) => [item.id, item.title]), [[TALK, '派人谈话']]);
    assert.match(done[0].ticked, /^\d{4}-\d{2}-\d{2}$/);

    await page.locator('.hb-run input[type=file]').setInputFiles({
      name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(Object.assign({}, data, { run: '搬来的' }))),
    });
    await page.waitForFunction(() => /已导入/.test(document.querySelector('.hb-run__said').textContent));
    assert.deepEqual(await ticked(page), [TALK]);
    await page.locator('.hb-run input[type=file]').setInputFiles({
      name: 'y.json', mimeType: 'application/json', buffer: Buffer.from('{"checklist": "members-meeting", "items": []}'),
    });
    await page.waitForFunction(() => /没有导入/.test(document.querySelector('.hb-run__said').textContent));
  });
});

test('a closed run is read-only until it is opened again', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await start(page, server.address, '甲');
    await tick(page, TALK);
    await act(page, 'close').click();
    assert.equal(await page.locator('input[data-item]:enabled').count(), 0);
    await page.reload();
    assert.equal(await page.locator('input[data-item]:enabled').count(), 0);
    assert.deepEqual(await ticked(page), [TALK]);
    await act(page, 'reopen').click();
    await tick(page, NOTICE);
    assert.deepEqual(await ticked(page), [TALK, NOTICE].sort());
  });
});

test('a run is deleted only after a question, and leaves nothing behind', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await start(page, server.address, '甲');
    await tick(page, TALK);
    await create(page, '乙');
    await act(page, 'delete').click();
    await act(page, 'cancel').click();
    assert.equal(await page.locator('.hb-run option').count(), 2);
    for (let left = 1; left >= 0; left -= 1) {
      await act(page, 'delete').click();
      await act(page, 'confirm').click();
      assert.equal(await page.locator('.hb-run option').count(), left);
    }
    assert.deepEqual(await ticked(page), []);
    await page.reload();
    assert.deepEqual(await ticked(page), []);
    const kept = await page.evaluate(() => JSON.stringify(Object.assign({}, localStorage)));
    assert.ok(!kept.includes('甲') && !kept.includes(TALK.split('/')[2]), kept);
  });
});

test('a name that looks like somebody’s number, is empty or taken is refused', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await start(page, server.address, '甲');
    await act(page, 'new').click();
    for (const name of ['', '13800000000', '甲']) {
      await page.locator('.hb-run__form input').fill(name);
      await act(page, 'save').click();
      assert.equal(await page.locator('.hb-run__form input').getAttribute('aria-invalid'), 'true', name);
    }
    await page.locator('.hb-run__form input').press('Escape');
    assert.equal(await page.locator('.hb-run option').count(), 1);
  });
});

test('what another program left in storage breaks nothing', async () => {
  await visit(browser, server.address, {}, async (page) => {
    for (const rubbish of ['{', '[]', '"x"', '{"member-admission": 5}', '{"member-admission": {"runs": [null, {"id": 1}], "current": "x"}}']) {
      await page.addInitScript((text) => {
        if (!sessionStorage.getItem('done' + text)) { localStorage.setItem('handbook.runs.v1', text); sessionStorage.setItem('done' + text, '1'); }
      }, rubbish);
      await page.goto(server.address + LIST);
      await act(page, 'new').waitFor();
      assert.deepEqual(await ticked(page), []);
      await tick(page, TALK);
      assert.deepEqual(await ticked(page), [TALK]);
      await page.evaluate(() => localStorage.clear());
    }
  });
});

test('the chooser of variants only hides, and the choice is kept', async () => {
  await visit(browser, server.address, {}, async (page) => {
    await page.goto(server.address + KINDS.procedure);
    const variant = (name) => page.locator('.hb-variant[data-variant~="' + name + '"]');
    const all = await page.locator('.hb-variant').count();
    assert.equal(await page.locator('.hb-variant:visible').count(), all, 'everything can be read before a choice');
    await page.locator('fieldset[data-choose]').getByText('流动', { exact: false }).first().click();
    assert.equal(await variant('mobile').filter({ visible: true }).count(), 0);
    assert.ok(await variant('agency').filter({ visible: true }).count() > 0);
    await page.reload();
    assert.equal(await variant('mobile').filter({ visible: true }).count(), 0);
    await page.locator('fieldset[data-choose]').getByText('全部', { exact: true }).click();
    assert.equal(await page.locator('.hb-variant:visible').count(), all);
  });
});
