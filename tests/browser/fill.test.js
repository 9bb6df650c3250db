/* Filling in on the page: the same bytes as the build, from a server and from a USB stick; nothing sent, nothing kept unasked. */
'use strict';

const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { SITE, FILES, launch, serve, visit } = require('./helpers.js');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const NOTICE = 'forms/public-notice';
const SIGN_IN = 'forms/sign-in';
const TALLY = 'forms/vote-tally';
const GENRE = 'reports/annual-work';
const REPORT = 'reports/example-annual-work-2025';

let browser;
let server;
let folder;
test.before(async () => {
  [browser, server] = await Promise.all([launch(), serve()]);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'handbook-fill-'));
});
test.after(async () => { await browser.close(); await server.close(); fs.rmSync(folder, { recursive: true }); });

const published = (name) => fs.readFileSync(path.join(SITE, name));
const part = (page, name) => page.locator('[data-handbook$="/' + name + '"]').filter({ visible: true }).first();
const at = (page, id) => page.locator('#fill-in-' + id);
const left = (page) => part(page, 'left').innerText();

async function open(page, address) {
  await page.goto(address);
  await page.getByRole('button', { name: '在网页上填写' }).click();
  await page.locator('.hb-fill__desk').waitFor({ state: 'visible' });
}

/** The bytes and the name of what the click hands to the browser. */
async function handed(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

/** The text of the document inside a stored docx. */
const words = (bytes) => bytes.toString('utf8');

/** The forms whose published example can be compared. */
function examples() {
  return fs.readdirSync(path.join(SITE, 'forms')).filter((name) => name.endsWith('-example.docx')).map((name) => name.slice(0, -13)).sort();
}

for (const [where, base] of [['a server', () => server.address], ['a USB stick', () => FILES]]) {
  test('the example comes out byte for byte as the build publishes it, from ' + where, async () => {
    const known = examples();
    assert.ok(known.length > 5);
    const some = known.filter((name) => ['public-notice', 'sign-in', 'vote-tally', 'admission-minutes'].includes(name));
    await visit(browser, base(), { acceptDownloads: true }, async (page, witness) => {
      for (const name of some) {
        witness.seen.length = 0;
        await open(page, base() + 'forms/' + name + '.html');
        assert.ok(!witness.seen.some((address) => address.endsWith('.docx.js')), 'the file is loaded before it is wanted');
        await part(page, 'example').click();
        assert.equal(await left(page), '都填好了');
        const file = await handed(page, () => part(page, 'download').click());
        assert.match(file.name, /\.docx$/);
        assert.ok(file.bytes.equals(published('forms/' + name + '-example.docx')), name + ' differs from the build');
      }
    });
  });

  test('what is typed, in a list too, stands in the file and on the sheet, from ' + where, async () => {
    await visit(browser, base(), { acceptDownloads: true }, async (page) => {
      await open(page, base() + SIGN_IN + '.html');
      const before = Number((await left(page)).match(/\d+/)[0]);
      await at(page, 'branch').fill('示例<一>&“支部”');
      assert.match(await left(page), new RegExp('还有' + (before - 1) + '处待填'));
      assert.equal(await page.locator('.hb-sheets mark[data-field="branch"]').first().innerText(), '示例<一>&“支部”');
      const list = page.locator('.hb-fill__row');
      assert.equal(await list.count(), 1);
      await list.first().locator('input').first().fill('甲某某');
      await page.getByRole('button', { name: /^添加一行/ }).click();
      assert.equal(await list.count(), 2);
      await list.nth(1).locator('input').first().fill('乙某某');
      await page.getByRole('button', { name: '第2行上移' }).click();
      assert.equal(await list.first().locator('input').first().inputValue(), '乙某某');
      const sheet = await page.locator('.hb-sheets tr[data-list] + tr').first().innerText();
      assert.match(sheet, /2\s+甲某某/);
      const file = await handed(page, () => part(page, 'download').click());
      const text = words(file.bytes);
      assert.ok(text.includes('示例&lt;一&gt;&amp;“支部”'));
      assert.ok(text.indexOf('>乙某某<') < text.indexOf('>甲某某<'));
      assert.ok(text.includes('【待填'));
      await page.getByRole('button', { name: '删除第1行' }).click();
      await page.getByRole('button', { name: '删除', exact: true }).click();
      assert.equal(await list.count(), 1);
    });
  });
}

test('lines from a table are pasted as rows', async () => {
  await visit(browser, FILES, {}, async (page) => {
    await open(page, FILES + SIGN_IN + '.html');
    await page.locator('.hb-fill__row input').first().evaluate((input) => {
      const data = new DataTransfer();
      data.setData('text', '甲某某\t正式\r\n乙某某\t预备\r\n丙某某\r\n');
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    assert.equal(await page.locator('.hb-fill__row').count(), 3);
    assert.equal(await page.locator('.hb-fill__row').nth(1).locator('select').first().inputValue(), '预备');
  });
});

test('a pasted table keeps what it cannot understand, says so, and rows have no 【待填】 where nothing is needed', async () => {
  await visit(browser, FILES, { acceptDownloads: true }, async (page) => {
    await open(page, FILES + SIGN_IN + '.html');
    await page.locator('.hb-fill__row input').first().evaluate((input) => {
      const data = new DataTransfer();
      data.setData('text', '序号\t姓名\t身份\t有无表决权\r\n1\t甲某某\t正式党员\t有\r\n2\t乙某某\t群众\t无\r\n');
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    const said = page.locator('.hb-fill__said');
    assert.match(await said.innerText(), /^粘贴了2行，1格没认出，已标出；第一行是表头/);
    const select = (row) => page.locator('.hb-fill__row').nth(row).locator('select').first();
    assert.equal(await select(0).inputValue(), '正式');
    assert.equal(await select(1).inputValue(), '群众');
    assert.equal(await select(1).getAttribute('aria-invalid'), 'true');
    assert.match(await page.locator('.hb-fill__sum').innerText(), /写错1处/);
    await select(1).selectOption('列席');
    assert.equal(await said.innerText(), '');
    assert.equal(await page.locator('.hb-fill__sum').isVisible(), false);
    const file = await handed(page, () => part(page, 'download').click());
    const text = words(file.bytes);
    const row = text.slice(text.indexOf('>甲某某<'), text.indexOf('>乙某某<'));
    assert.ok(row.length && !row.includes('待填'));
    assert.ok(!(await page.locator('.hb-sheets tr[data-list]').first().innerText()).includes('待填'));
  });
});

test('a date pasted in another shape is understood; what is none stays to be mended', async () => {
  await visit(browser, FILES, {}, async (page) => {
    await open(page, FILES + SIGN_IN + '.html');
    const day = at(page, 'meeting-date');
    const paste = (text) => day.evaluate((input, words) => {
      const data = new DataTransfer();
      data.setData('text', words);
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, text);
    await paste('2026年3月5日');
    assert.equal(await day.inputValue(), '2026-03-05');
    await paste('下周五');
    assert.equal(await day.inputValue(), '下周五');
    assert.equal(await day.getAttribute('aria-invalid'), 'true');
    await day.fill('2026/3/6');
    await day.blur();
    assert.deepEqual(await day.evaluate((input) => [input.type, input.value]), ['date', '2026-03-06']);
  });
});

test('the red head is shown when its file is chosen, and names tell files apart', async () => {
  await visit(browser, FILES, { acceptDownloads: true }, async (page) => {
    await open(page, FILES + 'forms/general-request.html');
    await part(page, 'example').click();
    const head = page.locator('.hb-sheets [data-head]').first();
    assert.equal(await head.isVisible(), false);
    const data = JSON.parse(await page.locator('[data-fill] script').textContent());
    await page.locator('#fill-which').selectOption({ label: '红头版式' });
    assert.equal(await head.isVisible(), true);
    const { matter, 'doc-number': number, signer, 'signed-on': day } = data.example.values;
    assert.ok((await head.innerText()).includes(number));
    assert.ok((await head.innerText()).includes('签发人：' + signer));
    const named = '请示（' + matter + (day ? '，' + day : '') + '）';
    assert.equal((await handed(page, () => part(page, 'download').click())).name, named + '-红头.docx');
    await page.locator('#fill-which').selectOption({ label: '普通版式' });
    assert.equal(await head.isVisible(), false);
    assert.equal((await handed(page, () => part(page, 'download').click())).name, named + '.docx');
    await at(page, 'matter').fill('A/B:关于的请示');
    await at(page, 'matter').blur();
    assert.match(await page.locator('.hb-fill__sum').innerText(), /末尾不写“的请示”/);
    await at(page, 'matter').fill(matter);
    await at(page, 'doc-number').fill('示水机党[2026]012号');
    assert.equal(await left(page), '写错1处');
    await at(page, 'doc-number').fill(number);
    assert.equal(await left(page), '都填好了');
    await at(page, 'matter').fill('A/B:示例');
    assert.match((await handed(page, () => part(page, 'save').click())).name, /^请示（A／B：示例.*）-填写内容\.json$/);
  });
});

test('the resolution takes the vote from the minutes, and what was typed here stays', async () => {
  await visit(browser, FILES, { acceptDownloads: true }, async (page) => {
    await open(page, FILES + 'forms/admission-minutes.html');
    await part(page, 'example').click();
    const saved = await handed(page, () => part(page, 'save').click());
    const file = path.join(folder, 'minutes.json');
    fs.writeFileSync(file, saved.bytes);
    const given = JSON.parse(saved.bytes).values;
    await open(page, FILES + 'forms/admission-resolution.html');
    const data = JSON.parse(await page.locator('[data-fill] script').textContent());
    await at(page, 'yes').fill('3');
    await page.locator('.hb-fill input[type=file]').setInputFiles(file);
    await page.locator('.hb-fill__notes').waitFor({ state: 'visible' });
    assert.equal(await at(page, 'yes').inputValue(), '3');
    assert.match(await page.locator('.hb-fill__said').innerText(), /另有1项本页已经填了，没有换/);
    const same = data.fields.filter((field) => given[field.id] && ['count', 'date'].includes(field.type) && field.id !== 'yes');
    assert.ok(same.length > 5);
    for (const field of same) assert.equal(await at(page, field.id).inputValue(), given[field.id], field.id);
  });
});

test('mistakes are said in words at the field and in the summary, and keep the file back', async () => {
  await visit(browser, FILES, { acceptDownloads: true }, async (page) => {
    await open(page, FILES + TALLY + '.html');
    await part(page, 'example').click();
    await at(page, 'eligible').fill('18人');
    await part(page, 'download').click();
    const summary = page.locator('.hb-fill__sum');
    assert.match(await summary.innerText(), /写错1处，改好才能下载.*只写数字/s);
    assert.match(await page.locator('.hb-fill__said').innerText(), /^写错1处/);
    assert.equal(await at(page, 'eligible').getAttribute('aria-invalid'), 'true');
    const described = (await at(page, 'eligible').getAttribute('aria-describedby')).split(' ').pop();
    assert.match(await page.locator('#' + described).innerText(), /只写数字/);
    assert.equal(await left(page), '还有1处待填');
    await summary.getByRole('link').first().click();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'fill-in-eligible');
    await at(page, 'eligible').fill('１８');
    await at(page, 'eligible').blur();
    assert.equal(await at(page, 'eligible').inputValue(), '18');
    assert.equal(await summary.isVisible(), false);
  });
});

test('values that do not agree are said while typing, and a file with them only after a question', async () => {
  await visit(browser, FILES, { acceptDownloads: true }, async (page) => {
    await open(page, FILES + TALLY + '.html');
    const data = JSON.parse(await page.locator('[data-fill] script').textContent());
    const rule = data.agreements.find((item) => item.compare === 'at-least' && item.left.length === 1 && item.right && item.right.length === 1 && !item.when);
    assert.ok(rule, 'no simple agreement in ' + TALLY);
    await part(page, 'example').click();
    assert.equal(await page.locator('.hb-fill__sum').isVisible(), false);
    await at(page, rule.left[0]).fill('0');
    assert.ok((await page.locator('.hb-fill__sum').innerText()).includes(rule.message));
    await part(page, 'download').click();
    assert.match(await page.locator('.hb-fill__ask').innerText(), /^不相符\d+处：.*[^，；。]。先下载吗？/);
    assert.doesNotMatch(await page.locator('.hb-fill__ask').innerText(), /。。|。；/);
    await page.getByRole('button', { name: '取消' }).click();
    await part(page, 'download').click();
    const file = await handed(page, () => page.getByRole('button', { name: '仍要下载' }).click());
    assert.ok(file.bytes.length > 10000);
  });
});

test('what was saved is opened again, and another form takes what both share', async () => {
  await visit(browser, FILES, { acceptDownloads: true }, async (page) => {
    await open(page, FILES + NOTICE + '.html');
    await part(page, 'example').click();
    await at(page, 'candidate').fill('申某某甲');
    const saved = await handed(page, () => part(page, 'save').click());
    assert.match(saved.name, /（申某某甲(，\d{4}-\d\d-\d\d)?）-填写内容\.json$/);
    const file = path.join(folder, 'saved.json');
    fs.writeFileSync(file, saved.bytes);
    const first = await handed(page, () => part(page, 'download').click());

    await open(page, FILES + NOTICE + '.html');
    await page.locator('.hb-fill input[type=file]').setInputFiles(file);
    await page.waitForFunction(() => document.getElementById('fill-in-candidate').value === '申某某甲');
    const again = await handed(page, () => part(page, 'download').click());
    assert.ok(again.bytes.equals(first.bytes));

    const data = JSON.parse(saved.bytes);
    fs.writeFileSync(file, JSON.stringify(Object.assign({}, data, { version: '0.1', values: Object.assign({}, data.values, { gone: 'x', candidate: '' }) })));
    await page.locator('.hb-fill input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: '打开', exact: true }).click();
    assert.match(await page.locator('.hb-fill__notes').innerText(), /0\.1.*gone/s);

    fs.writeFileSync(file, JSON.stringify(data));
    await open(page, FILES + SIGN_IN + '.html');
    await page.locator('.hb-fill input[type=file]').setInputFiles(file);
    await page.waitForFunction(() => document.getElementById('fill-in-branch').value !== '');
    assert.match(await page.locator('.hb-fill__notes').innerText(), /另一份模板/);

    fs.writeFileSync(file, '{"a":1}');
    await page.locator('.hb-fill input[type=file]').setInputFiles(file);
    await page.locator('.hb-fill__said', { hasText: '没有打开' }).waitFor();
  });
});

test('shared values are remembered only where somebody asks, and forgotten again', async () => {
  await visit(browser, server.address, {}, async (page) => {
    const stored = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.indexOf('shared') >= 0));
    await open(page, server.address + NOTICE + '.html');
    assert.equal(await part(page, 'keep').isChecked(), false);
    await at(page, 'branch').fill('示例支部');
    assert.deepEqual(await stored(), []);
    await part(page, 'keep').check();
    assert.deepEqual(await stored(), ['handbook.shared.v1']);
    await part(page, 'clear').click();
    await page.getByRole('button', { name: '清空', exact: true }).last().click();

    await open(page, server.address + SIGN_IN + '.html');
    assert.equal(await part(page, 'keep').isChecked(), true);
    assert.equal(await at(page, 'branch').inputValue(), '');
    assert.match(await page.locator('.hb-fill__offer').innerText(), /党支部名称/);
    await part(page, 'offer').click();
    assert.equal(await at(page, 'branch').inputValue(), '示例支部');
    await part(page, 'keep').uncheck();
    assert.deepEqual(await stored(), []);
    await at(page, 'branch').fill('另一支部');
    assert.deepEqual(await stored(), []);
  });
});

test('scaffolds and reports are filled in too; a report asks only for what the ledgers leave open', async () => {
  await visit(browser, FILES, { acceptDownloads: true }, async (page) => {
    await open(page, FILES + GENRE + '.html');
    await at(page, 'unit').fill('示例单位');
    await page.locator('.hb-fill textarea').first().fill('第一行\n第二行');
    const file = await handed(page, () => part(page, 'download').click());
    assert.match(file.name, /（示例单位）\.docx$/);
    assert.ok(words(file.bytes).includes('>第二行<'));
    await page.goto(FILES + REPORT + '.html');
    const door = page.getByRole('button', { name: '在网页上填写' });
    if (await door.count()) {
      await door.click();
      await page.locator('.hb-fill__desk').waitFor({ state: 'visible' });
      const count = await page.locator('.hb-fill__group [id^="fill-in-"][data-handbook]').count();
      assert.equal(count, await page.locator('.hb-sheets mark[data-field]').evaluateAll((marks) => new Set(marks.map((mark) => mark.getAttribute('data-field'))).size));
    }
  });
});

test('whoever leaves with entries is asked, and after saving is not', async () => {
  await visit(browser, FILES, { acceptDownloads: true }, async (page) => {
    let asked = 0;
    page.on('dialog', (dialog) => { asked += 1; dialog.accept(); });
    await open(page, FILES + NOTICE + '.html');
    await page.reload();
    assert.equal(asked, 0);
    await page.getByRole('button', { name: '在网页上填写' }).click();
    await at(page, 'candidate').click();
    await page.keyboard.type('甲');
    await page.reload();
    assert.equal(asked, 1);
    await page.getByRole('button', { name: '在网页上填写' }).click();
    await at(page, 'candidate').click();
    await page.keyboard.type('甲');
    await handed(page, () => part(page, 'save').click());
    await page.reload();
    assert.equal(asked, 1);
  });
});

test('the keyboard is enough', async () => {
  await visit(browser, FILES, { acceptDownloads: true }, async (page) => {
    await page.goto(FILES + NOTICE + '.html');
    await page.getByRole('button', { name: '在网页上填写' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.hb-fill__desk').waitFor({ state: 'visible' });
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H2');
    const reached = [];
    for (let step = 0; step < 120 && !reached.includes('save'); step += 1) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => document.activeElement.getAttribute('data-handbook') || '');
      reached.push(name.split('/').pop());
      if (name.endsWith('/candidate')) await page.keyboard.type('申某某');
    }
    for (const name of ['example', 'open', 'clear', 'candidate', 'branch', 'keep', 'download', 'save']) assert.ok(reached.includes(name), name);
    await part(page, 'download').focus();
    const file = await handed(page, () => page.keyboard.press('Enter'));
    assert.ok(words(file.bytes).includes('>申某某<'));
    await part(page, 'shut').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), '继续填写');
  });
});

for (const look of [{ width: 1280, scheme: 'light' }, { width: 1280, scheme: 'dark' }, { width: 360, scheme: 'light' }, { width: 360, scheme: 'dark' }]) {
  test('axe finds nothing and nothing sticks out: ' + look.width + ' px, ' + look.scheme, async () => {
    const options = { viewport: { width: look.width, height: 800 }, colorScheme: look.scheme, reducedMotion: 'reduce' };
    await visit(browser, server.address, options, async (page) => {
      for (const name of [SIGN_IN, TALLY]) {
        await open(page, server.address + name + '.html');
        await part(page, 'example').click();
        await page.locator('[inputmode="numeric"]').first().fill('1x');
        await part(page, 'download').click();
        await part(page, 'clear').click();
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), name);
        await page.evaluate(AXE);
        const { violations } = await page.evaluate(() => window.axe.run(document, {
          resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        }));
        assert.deepEqual(violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ' ' + node.html.slice(0, 160))), [], name);
      }
    });
  });
}

test('on paper only the sheet is left', async () => {
  await visit(browser, FILES, {}, async (page) => {
    await open(page, FILES + NOTICE + '.html');
    await part(page, 'example').click();
    await page.emulateMedia({ media: 'print' });
    const shown = await page.evaluate(() => Array.from(document.querySelectorAll('main h1, main h2, main .hb-fill, main .hb-sheet, header'))
      .filter((node) => node.getClientRects().length).map((node) => node.className || node.tagName));
    assert.deepEqual(shown, ['hb-sheet']);
  });
});

test('without script there is no panel, and the blank form is still there', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(FILES + NOTICE + '.html');
  assert.equal(await page.locator('[data-fill]').isVisible(), false);
  assert.ok(await page.locator('a[href$="public-notice.docx"]').first().isVisible());
  await context.close();
});

test('pages with nothing to fill in load none of it', async () => {
  await visit(browser, FILES, {}, async (page, witness) => {
    await page.goto(FILES + 'procedures/member-admission.html');
    assert.ok(!witness.seen.some((address) => /assets\/fill/.test(address)));
    await page.goto(FILES + NOTICE + '.html');
    assert.deepEqual(witness.seen.filter((address) => /assets\/fill|docx\.js/.test(address)).map((address) => address.split('/').pop()), ['fill-start.js']);
  });
});
