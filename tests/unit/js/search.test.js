/* The search engine by itself: `node --test tests/unit/js/` (node 18 or later, nothing to install). */
'use strict';

const test = require('node:test');
const assert = require('node:assert');
const path = require('node:path');

require(path.join(__dirname, '../../../docs/assets/search.js'));
const Search = globalThis.HandbookSearch;

const SYLLABLES = {
  fa: '发', zhan: '展', dang: '党', yuan: '员', gong: '公工', shi: '示市', zhuan: '转', zheng: '正', hui: '会回',
  yi: '议', ji: '记', lu: '录', biao: '表', zu: '组', zhi: '织支', sheng: '生', huo: '活', lve: '略', bu: '部', da: '大',
};
const PAGES = [
  ['p/a.html', '发展党员', 0, '', '转正'],
  ['m/b.html', '组织生活会', 1, ''],
  ['f/c.html', '会议记录表', 2, '示例'],
  ['u/d.html', '公示', 3, ''],
  ['p/e.html', '公示工作', 0, ''],
];
const CORE = {
  kinds: ['程序', '会议规程', '模板', '单位材料'],
  homes: ['p/index.html', '', '', ''],
  pages: PAGES, odd: {}, syllables: SYLLABLES, traditional: '黨党會会',
  prior: { 程序: 0.12, 会议规程: 0.12, 单位材料: -0.2 },
  asks: { 模板: ['表', '单', '模板'], 清单: ['清单'] },
  synonyms: [['表决', '投票']],
};
const BODY = {
  counts: [3, 1, 0, 1, 1],
  anchors: '\nstep-1\narticle-13\nwhen\n\n',
  heads: '\n转正\n第13条\n什么时候\n\n',
  texts: '从申请到归档。\n预备期满，大会表决。\n公示不少于5个工作日。\n每年至少一次，会上举手表决。\n公示的材料。\n' + '开头。'.repeat(40) + '这里写着<b>公示</b>期限',
};

function engine(body) { return new Search(CORE, body); }
function urls(found) { return Array.from(found.hits, (hit) => hit.url); }

test('names answer before the text has arrived', () => {
  const search = engine();
  assert.strictEqual(urls(search.search('组织生活'))[0], 'm/b.html');
  assert.deepStrictEqual(urls(search.search('举手')), []);
  search.addBody(BODY);
  assert.strictEqual(urls(search.search('举手'))[0], 'm/b.html#when');
});

test('whoever types the title gets the page, whoever types an alias the place', () => {
  const search = engine(BODY);
  assert.strictEqual(urls(search.search('发展党员'))[0], 'p/a.html');
  assert.strictEqual(urls(search.search('转正'))[0], 'p/a.html#step-1');
});

test('a page without sections and an empty body do no harm', () => {
  assert.strictEqual(urls(engine(BODY).search('会议记录表'))[0], 'f/c.html');
  const empty = engine({ counts: [0, 0, 0, 0, 0], anchors: '', heads: '', texts: '' });
  const hit = empty.search('公示').hits[0];
  assert.strictEqual(empty.snippet(hit, ['公示']), '');
});

test('article numbers, with and without a name', () => {
  const search = engine(BODY);
  for (const query of ['发展党员 第13条', '发展党员第十三条', '第13条', '13条']) {
    assert.strictEqual(urls(search.search(query))[0], 'p/a.html#article-13', query);
  }
});

test('a single character asks for a kind only at the end of a word and not inside a longer word', () => {
  const search = engine(BODY);
  const kinds = (query) => Array.from(search.read(query).kinds);
  assert.deepStrictEqual(kinds('签到表'), ['模板']);
  assert.deepStrictEqual(kinds('怎么表决'), []);
  assert.deepStrictEqual(kinds('材料清单'), ['清单']);
});

test('other readings: pinyin, initials, homophones, traditional; literal leaves them out', () => {
  const search = engine(BODY);
  for (const query of ['zuzhishenghuohui', 'zu zhi sheng huo hui', 'zzshh', '组织生活回', '組织生活會', 'zǔ zhī shēng huó huì']) {
    assert.strictEqual(urls(search.search(query))[0], 'm/b.html', query);
  }
  assert.strictEqual(search.search('zzshh').corrected, '组织生活会');
  assert.deepStrictEqual(urls(search.search('zzshh', { literal: true })), []);
  assert.strictEqual(search.search('组织生活会').corrected, '');
  assert.strictEqual(search.search('公市工作').corrected, '公示工作');
});

test("units' own papers lend no readings", () => {
  assert.ok(engine(BODY).readable.every((name) => CORE.kinds[PAGES[name.page][2]] !== '单位材料'));
});

test('grouping pushes none of the three best hits down', () => {
  const search = engine(BODY);
  const hit = (kind, n) => ({ kind, url: kind + n });
  const groups = search.groups([hit('甲', 1), hit('甲', 2), hit('乙', 1), hit('甲', 3), hit('甲', 4), hit('丙', 1)]);
  assert.deepStrictEqual(groups.map((group) => [group.kind, group.short]), [['甲', 2], ['乙', 1], ['丙', 1]]);
  const many = Array.from({ length: 9 }, (_, n) => hit('甲', n));
  assert.strictEqual(search.groups(many)[0].short, 5);
});

test('hits far worse than the best of their kind wait behind 更多, but not the three best of all', () => {
  const search = engine(BODY);
  const hit = (kind, score) => ({ kind, url: kind + score, score });
  const short = (hits) => search.groups(hits).map((group) => [group.kind, group.short]);
  assert.deepStrictEqual(short([hit('甲', 2), hit('甲', 0.9), hit('甲', 0.8), hit('甲', 0.7)]), [['甲', 3]]);
  assert.deepStrictEqual(short([hit('甲', 2), hit('甲', 1.5), hit('甲', 1.4), hit('甲', 1.2), hit('甲', 0.9)]), [['甲', 4]]);
});

test('characters that hold a sentence together are not marked and choose no section', () => {
  const search = engine(BODY);
  const found = search.search('什么时候举手');
  assert.strictEqual(urls(found)[0], 'm/b.html#when');
  assert.deepStrictEqual(Array.from(found.marks).filter((mark) => /[什么]|时候/.test(mark)), []);
  assert.ok(found.marks.includes('举手'));
});

test('of two headings the one with more of the query opens, and an alias opens a place only where a heading says so', () => {
  const pages = [['p/a.html', '甲事', 0, '', '党员转正', '转正流程']];
  const body = {
    counts: [4], anchors: '\nsend\napprove\nturn', heads: '\n决议报审批\n党委审批\n转正', texts: '从头到尾。\n报上去。\n党委会议。\n期满。',
  };
  const search = new Search(Object.assign({}, CORE, { pages }), body);
  assert.strictEqual(urls(search.search('党委审批多久'))[0], 'p/a.html#approve');
  assert.strictEqual(urls(search.search('转正'))[0], 'p/a.html#turn');
  assert.strictEqual(urls(search.search('转正流程'))[0], 'p/a.html');
});

test('nothing typed, signs, markup and very long input', () => {
  const search = engine(BODY);
  for (const query of ['', '  ', '？！', '"', '\\', '(', '[', '*']) assert.deepStrictEqual(urls(search.search(query)), [], query);
  search.search('<img src=x onerror=alert(1)>');
  search.search('党'.repeat(5000));
  search.search('a'.repeat(5000));
});

test('a single character is looked for in names only', () => {
  assert.ok(urls(engine(BODY).search('会')).every((url) => ['m/b.html', 'f/c.html'].includes(url)));
});

test('loose hits say so; nearest names where nothing is found', () => {
  const search = engine(BODY);
  assert.strictEqual(search.search('公示').loose, false);
  assert.deepStrictEqual(urls(search.search('qqqq')), []);
  assert.strictEqual(search.nearest('zuzhishenhuohui')[0].url, 'm/b.html');
  assert.strictEqual(search.nearest('组积生活汇')[0].url, 'm/b.html');
  assert.deepStrictEqual(search.nearest('？？'), []);
});

test('snippet: the part with the matches, cut at 80 characters', () => {
  const search = engine(BODY);
  const found = search.search('公示期限');
  const hit = found.hits.find((other) => other.url.startsWith('p/e.html'));
  const text = search.snippet(hit, found.marks);
  assert.ok(text.startsWith('…') && text.includes('公示') && text.length <= 82, text);
});
