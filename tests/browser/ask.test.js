/* The program that types queries for scripts/measure_search.py, on two of them, from a server and from files. */
'use strict';

const test = require('node:test');
const assert = require('node:assert/strict');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { SITE } = require('./helpers.js');

for (const where of ['http', 'file']) {
  test(where + ': each query gets a line with what the box lists', () => {
    const queries = ['发展党员', 'zzshh', '发展党员', '〇〇〇'];
    const done = spawnSync(process.execPath, [path.join(__dirname, 'ask.js')], {
      input: JSON.stringify({ where, queries }), encoding: 'utf8', timeout: 120000, env: Object.assign({}, process.env, { HANDBOOK_SITE: SITE }),
    });
    assert.equal(done.status, 0, done.stderr);
    const answers = done.stdout.trim().split('\n').map((line) => JSON.parse(line));
    assert.equal(answers.length, queries.length);
    assert.deepEqual(answers[0].hits[0], ['procedures/member-admission.html', '发展党员']);
    assert.deepEqual(answers[2].hits, answers[0].hits);
    assert.ok(answers[1].hits.length > 0);
    assert.ok(answers.every((answer) => answer.milliseconds >= 0 && answer.hits.every(([address]) => !/^[a-z]+:/.test(address))));
  });
}

test('a folder without a site ends with a reason', () => {
  const done = spawnSync(process.execPath, [path.join(__dirname, 'ask.js')], {
    input: JSON.stringify({ where: 'http', queries: ['茶'] }), encoding: 'utf8', timeout: 60000,
    env: Object.assign({}, process.env, { HANDBOOK_SITE: path.join(__dirname, 'nowhere') }),
  });
  assert.equal(done.status, 1);
  assert.match(done.stderr, /no built site/);
});
