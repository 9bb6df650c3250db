/* The rules and bytes of filling in by themselves: `node --test tests/unit/js/` (node 18 or later, nothing to install). */
'use strict';

const test = require('node:test');
const assert = require('node:assert');
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');

for (const name of ['fill-values.js', 'fill-bytes.js', 'fill.js', 'fill-entries.js', 'fill-paste.js']) {
  require(path.join(__dirname, '../../../docs/assets', name));
}
const Fill = globalThis.HandbookFill;
const VECTORS = JSON.parse(fs.readFileSync(path.join(__dirname, 'fill-vectors.json'), 'utf8'));

const valueOf = (item) => item.repeat ? item.repeat[0].repeat(item.repeat[1]) : item.value;

test('every value is judged as the build judges it', () => {
  for (const item of VECTORS.problems) {
    assert.strictEqual(Fill.problem(VECTORS.fields[item.field], valueOf(item)), item.problem, JSON.stringify(item));
  }
});

test('what must agree is compared as the build compares it', () => {
  for (const item of VECTORS.disagreements) {
    assert.deepStrictEqual(Fill.disagreements(VECTORS.form, item.values, item.lists).map((one) => one.message), item.messages, JSON.stringify(item));
  }
});

test('values are shown as they stand in the file', () => {
  for (const item of VECTORS.shown) assert.strictEqual(Fill.shown(VECTORS.fields[item.field], item.value), item.shown);
});

test('characters are as wide as the writer takes them', () => {
  for (const item of VECTORS.widths) assert.strictEqual(Fill.widthOf(item.text), item.width, item.text);
});

test('hash, check sum and encoding are the known ones', () => {
  for (const text of ['', 'abc', 'branch#2', '党支部#10', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), '𠮷'.repeat(40)]) {
    const bytes = Fill.utf8(text);
    assert.deepStrictEqual(Buffer.from(bytes), Buffer.from(text, 'utf8'));
    assert.strictEqual(Fill.fromUtf8(bytes), text);
    assert.strictEqual(Buffer.from(Fill.sha256(bytes)).toString('hex'), crypto.createHash('sha256').update(text).digest('hex'));
    if (zlib.crc32) assert.strictEqual(Fill.crc32(bytes), zlib.crc32(Buffer.from(text)));
  }
  assert.strictEqual(Fill.crc32(Fill.utf8('123456789')), 0xCBF43926);
});

test('what is no zip is refused', () => {
  for (const bytes of [new Uint8Array(0), new Uint8Array(10), new Uint8Array(100), Fill.utf8('PK\u0003\u0004'.repeat(20))]) {
    assert.throws(() => Fill.unzip(bytes), Fill.FillError);
  }
});

const FORM = {
  form: 'forms/a', title: '样表', version: '1.1', agreements: [], signatures: [],
  fields: [
    { id: 'branch', label: '党支部名称', type: 'text', shared: 'branch' },
    { id: 'day', label: '会议日期', type: 'date', shared: 'meeting-date' },
    { id: 'note', label: '备注', type: 'long', optional: true },
  ],
  lists: [{ id: 'people', title: '人员', numbered: true, after: 'day', fields: [{ id: 'name', label: '姓名', type: 'text' }] }],
};

test('what is saved is opened again', () => {
  const values = { branch: ' 示例支部 ', day: '2026-06-12', note: '' };
  const text = Fill.toFile(FORM, values, { people: [{ name: '甲' }, { name: ' ' }, { name: '乙' }] });
  assert.deepStrictEqual(JSON.parse(text), {
    handbook: 'entries', form: 'forms/a', version: '1.1', values: { branch: '示例支部', day: '2026-06-12' },
    lists: { people: [{ name: '甲' }, { name: '乙' }] }, shared: { branch: '示例支部', 'meeting-date': '2026-06-12' },
    asked: { branch: { label: '党支部名称', type: 'text', shared: 'branch' }, day: { label: '会议日期', type: 'date', shared: 'meeting-date' } },
    columns: { people: { name: { label: '姓名', type: 'text' } } },
  });
  const found = Fill.fromFile(FORM, '\ufeff' + text);
  assert.deepStrictEqual(found, {
    same: true, values: { branch: '示例支部', day: '2026-06-12' }, lists: { people: [{ name: '甲' }, { name: '乙' }] }, notes: [],
  });
});

test('what a file holds too much or wrong is left out and said', () => {
  const file = {
    handbook: 'entries', form: 'forms/a', version: '1.0', values: { branch: 3, day: '2026-02-30', gone: 'x', note: '好' },
    lists: { people: [{ name: '甲', age: '3' }, 'x'], none: [] },
  };
  const found = Fill.fromFile(FORM, JSON.stringify(file));
  assert.deepStrictEqual(found.values, { note: '好' });
  assert.deepStrictEqual(found.lists, { people: [{ name: '甲' }, {}] });
  assert.deepStrictEqual(found.notes, [
    '这是按第1.0版保存的，本页是第1.1版，请逐项核对。', '没有收“党支部名称”：内容不是文字。',
    '没有收“会议日期”：没有这一天，请核对年、月、日。', '没有收“gone”：本页没有这个栏目。',
    '没有收人员第1行“age”：本页没有这个栏目。', '没有收表“none”：本页没有这张表。',
  ]);
});

test('a file of another form gives what both ask for', () => {
  const other = { handbook: 'entries', form: 'forms/b', version: '9', values: { place: '别的栏目' }, shared: { branch: '示例支部', 'meeting-date': '坏' } };
  const found = Fill.fromFile(FORM, JSON.stringify(other));
  assert.deepStrictEqual([found.same, found.values], [false, { branch: '示例支部' }]);
  assert.match(found.notes[0], /另一份模板.*1项：党支部名称/);
  assert.match(Fill.fromFile(FORM, JSON.stringify(Object.assign(other, { shared: null }))).notes[0], /没有共用的栏目/);
});

test('what another form asked in the same words under the same name is taken, and the rest is said', () => {
  const admission = {
    form: 'forms/b', title: '记录', version: '1.0', agreements: [], signatures: [],
    fields: [
      { id: 'venue', label: '地点', type: 'text' }, { id: 'when', label: '会议日期', type: 'date', shared: 'meeting-date' },
      { id: 'note', label: '备注', type: 'long' }, { id: 'yes', label: '赞成票', type: 'count' },
      { id: 'total', label: '合计', type: 'count' }, { id: 'result', label: '结论', type: 'choice', options: ['通过', '缓议'] },
    ],
    lists: [
      { id: 'people', title: '人员', fields: [{ id: 'name', label: '姓名', type: 'text' }, { id: 'age', label: '年龄', type: 'count' }] },
      { id: 'papers', title: '材料', fields: [{ id: 'paper', label: '材料', type: 'text' }] },
    ],
  };
  const resolution = Object.assign({}, FORM, {
    fields: FORM.fields.concat([
      { id: 'yes', label: '赞成票', type: 'count' }, { id: 'total', label: '赞成合计', type: 'count' },
      { id: 'result', label: '结论', type: 'choice', options: ['通过', '不通过'] },
    ]),
  });
  const text = Fill.toFile(admission,
    { venue: '会议室', when: '2026-09-11', note: '好', yes: '9', total: '10', result: '缓议' },
    { people: [{ name: '甲', age: '30' }, { name: '乙' }], papers: [{ paper: '申请书' }] });
  const found = Fill.fromFile(resolution, text);
  assert.deepStrictEqual(found, {
    same: false, values: { note: '好', yes: '9', day: '2026-09-11' }, lists: { people: [{ name: '甲' }, { name: '乙' }] },
    notes: [
      '这是另一份模板的填写内容，取了两份都有的4项：会议日期、备注、赞成票、人员2行。',
      '没有取的5项，本页没有或者问法不同：地点、合计、结论、人员的年龄、表“papers”。',
    ],
  });
  for (const wrong of [{ asked: [] }, { asked: { note: 'x', yes: null } }, { columns: 3 }, { lists: { people: ['x'] } }]) {
    Fill.fromFile(resolution, JSON.stringify(Object.assign(JSON.parse(text), wrong)));
  }
});

const GUESTS = {
  id: 'guests', title: '到会人员', numbered: true,
  fields: [
    { id: 'name', label: '姓名', type: 'text' }, { id: 'kind', label: '身份', type: 'choice', options: ['正式', '预备', '列席'] },
    { id: 'vote', label: '有无表决权', type: 'choice', options: ['有', '无'], optional: true },
    { id: 'day', label: '入党日期', type: 'date', optional: true }, { id: 'note', label: '备注', type: 'text', optional: true },
  ],
  columns: [['姓名', 'name'], ['身份', 'kind'], ['有无表决权', 'vote'], ['本人签名', ''], ['入党日期', 'day'], ['备注', 'note']],
};

test('what is pasted loses its header and its numbers, and options and dates are understood', () => {
  const cases = [
    ['甲\t正式\n乙\t预备\n', [{ name: '甲', kind: '正式' }, { name: '乙', kind: '预备' }], '粘贴了2行。'],
    ['序号\t姓名\t身份（党员）\n1\t甲\t正式党员\n2\t乙\t预备党员', [{ name: '甲', kind: '正式' }, { name: '乙', kind: '预备' }],
      '粘贴了2行；第一行是表头，没有当作内容。'],
    ['身份\t姓名\t电话\n列席人员\t甲\t1', [{ name: '甲', kind: '列席' }],
      '粘贴了1行；第一行是表头，没有当作内容；“电话”一列不在本页填，没有收。'],
    ['1\t甲\t正式\t有\t2026/3/5\n2\t乙\t正式\t有\t2026年3月5日\n3\t丙\t正式\t有\t2026.3.5',
      ['甲', '乙', '丙'].map((name) => ({ name, kind: '正式', vote: '有', day: '2026-03-05' })), '粘贴了3行；第一列是序号，没有收。'],
    ['甲\t群众\t没有\t3月5日', [{ name: '甲', kind: '群众', vote: '无', day: '3月5日' }], '粘贴了1行，2格没认出，已标出。'],
    ['甲\t非正式\t√', [{ name: '甲', kind: '非正式', vote: '有' }], '粘贴了1行，1格没认出，已标出。'],
    ['1\t甲\t正式\t有\t已签\t\t病假', [{ name: '甲', kind: '正式', vote: '有', day: '', note: '病假' }],
      '粘贴了1行；第一列是序号，没有收；“本人签名”一列不在本页填，没有收。'],
    ['"甲\n某"\t正式\t\t\t"说""好"""', [{ name: '甲某', kind: '正式', vote: '', day: '', note: '说"好"' }], '粘贴了1行。'],
    ['甲\n\n\n乙\n丙', [{ name: '甲' }, { name: '乙' }], '粘贴了2行；最多2行，后面的1行没有收。', 2],
    ['甲\t正式\t有\t\t\t多', [{ name: '甲', kind: '正式', vote: '有', day: '', note: '多' }], '粘贴了1行。'],
  ];
  for (const [text, rows, said, most] of cases) {
    const found = Fill.pasted(GUESTS, text, 0, most || 500);
    assert.deepStrictEqual([found.rows, Fill.pastedWords(found)], [rows, said], text);
  }
  assert.deepStrictEqual(Fill.pasted(GUESTS, '预备党员\t有\n列席\t无', 1, 9).rows, [{ kind: '预备', vote: '有' }, { kind: '列席', vote: '无' }]);
  assert.deepStrictEqual(Fill.pasted(GUESTS, '', 0, 9).rows, []);
});

test('an option is never turned round', () => {
  const field = { id: 'r', label: '结论', type: 'choice', options: ['通过', '没有通过，改期'] };
  for (const [text, want] of [['通过', '通过'], ['未通过', '未通过'], ['没有通过', '没有通过，改期'], ['一致通过', '通过'], ['不', '不']]) {
    assert.strictEqual(Fill.understood(field, text), want, text);
  }
});

test('dates and times are understood in the shapes people type', () => {
  const day = { type: 'date' };
  const time = { type: 'time' };
  for (const text of ['2026/3/5', '2026年3月5日', '2026.3.5', '２０２６-3-5', '2026 年 03 月 05 日', '2026-03-05']) assert.strictEqual(Fill.tidy(day, text), '2026-03-05', text);
  for (const text of ['9:00', '09：00', '9时', '9点00分', '9:00:00']) assert.strictEqual(Fill.tidy(time, text), '09:00', text);
  for (const text of ['3月5日', '2026年3月', '明天']) assert.strictEqual(Fill.tidy(day, text), text);
});

test('what is no file of ours is refused', () => {
  for (const text of ['', '[]', 'null', '{"handbook":"entries"}', '{"form":"forms/a","values":{}}', '{', 'x'.repeat(2000001)]) {
    assert.throws(() => Fill.fromFile(FORM, text), Fill.FillError);
  }
});
