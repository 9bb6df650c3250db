/* What the browser tests share: the built site (HANDBOOK_SITE), Debian's Chromium (CHROMIUM), a small server, and a
 * witness that records every request and every error of every page it watches. */
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');

const SITE = path.resolve(process.env.HANDBOOK_SITE || path.join(__dirname, '../../site'));
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png',
};

/** One page of each kind. */
const KINDS = {
  home: 'index.html',
  start: 'start/index.html',
  roles: 'start/roles.html',
  section: 'procedures/index.html',
  procedure: 'procedures/member-admission.html',
  meeting: 'meetings/members-meeting.html',
  checklist: 'checklists/member-admission.html',
  form: 'forms/members-meeting-minutes.html',
  catalogue: 'forms/catalogue.html',
  genre: 'reports/annual-work.html',
  report: 'reports/example-annual-work-2025.html',
  ledger: 'ledgers/organization-life.html',
  regulation: 'regulations/member-admission.html',
  calendar: 'calendar/index.html',
  glossary: 'glossary/index.html',
  letter: 'glossary/letter-y.html',
  names: 'about/names.html',
};

function launch() {
  assert.ok(fs.existsSync(path.join(SITE, 'index.html')), SITE + ' holds no built site; set HANDBOOK_SITE');
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--no-proxy-server'],
  });
}

/** A server of the site on this machine only: {address, close}. */
function serve() {
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://x/').pathname);
    const file = path.join(SITE, path.normalize(name.endsWith('/') ? name + 'index.html' : name));
    if (!file.startsWith(SITE) || !fs.existsSync(file) || !fs.statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] || 'application/octet-stream' });
    fs.createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({
        address: 'http://127.0.0.1:' + server.address().port + '/',
        close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
      });
    });
  });
}

const FILES = pathToFileURL(SITE + path.sep).href;

/** A context whose pages may load from `base` only; `seen` holds requests, `foreign` refused ones, `errors` what went wrong. */
async function watched(browser, base, options) {
  const context = await browser.newContext(Object.assign({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' }, options));
  const witness = { context, seen: [], foreign: [], errors: [] };
  context.setDefaultTimeout(15000);
  await context.route(/.*/, (route) => {
    const address = route.request().url();
    witness.seen.push(address);
    if (address.startsWith(base) || address.startsWith('data:') || address.startsWith('blob:')) return route.continue();
    witness.foreign.push(address);
    return route.abort();
  });
  context.on('page', (page) => {
    page.on('pageerror', (error) => witness.errors.push(page.url() + ': ' + error));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) witness.errors.push(page.url() + ': ' + message.text());
    });
    page.on('requestfailed', (request) => {
      // a page that is left while its icon is still on the way gives the request up itself
      if (request.failure().errorText === 'net::ERR_ABORTED' && request.url().endsWith('favicon.svg')) return;
      if (request.url().startsWith(base)) witness.errors.push(request.url() + ' failed: ' + request.failure().errorText);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) witness.errors.push(response.url() + ' answered ' + response.status());
    });
  });
  return witness;
}

/** Nothing went to another host, and nothing complained. */
function clean(witness) {
  assert.deepEqual(witness.foreign, []);
  assert.deepEqual(witness.errors, []);
}

/** Runs `work` with a fresh watched page and checks afterwards that it was clean. */
async function visit(browser, base, options, work) {
  const witness = await watched(browser, base, options);
  try {
    const page = await witness.context.newPage();
    await work(page, witness);
    clean(witness);
  } finally {
    await witness.context.close();
  }
}

module.exports = { SITE, FILES, KINDS, launch, serve, visit, watched, clean };
