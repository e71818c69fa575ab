/*
 * Lighthouse on the resident's main pages, as a phone of the middle class on a slow network sees them (Lighthouse's own mobile settings, simulated
 * throttling, an empty cache for each page). Prints a table and ends with 1 where the middle run of a page is below the goal or anything is wrong
 * for accessibility. How long the page was blocked is measured, so a machine that is busy with other things spoils single runs.
 *
 * Wants Node 20 or newer, a chromium, a started demonstration, and in the folder from which it is run: npm install --no-save lighthouse puppeteer-core
 *
 *   node <this file> [http://127.0.0.1:8080] [runs of each page, default 3]     CHROME_PATH names another browser than /usr/bin/chromium
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const GOAL_PERCENT = 95;
const PHONE = '13900000001';
const PASSWORD = 'gatehouse-demo';
const INSIDE = ['today', 'outing', 'parcels', 'inbox', 'tickets', 'me'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];

const [base = 'http://127.0.0.1:8080', runs = '3'] = process.argv.slice(2);
const installed = createRequire(join(process.cwd(), 'here.js'));
const load = async name => (await import(pathToFileURL(installed.resolve(name)))).default;
const lighthouse = await load('lighthouse');
const puppeteer = await load('puppeteer-core');

async function login() {
  const answer = await fetch(base + '/api/v1/auth/login', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ phone: PHONE, password: PASSWORD })
  });
  if (!answer.ok) throw new Error('Login answered ' + answer.status + '. Is the demonstration running at ' + base + '?');
  return (await answer.json()).refreshToken;
}

/** The scores in per cent, the weight of the load in KB, and what is wrong for accessibility. */
async function measure(browser, path, again = true) {
  // Left open when it is done: Lighthouse still asks a page something after it has answered.
  const page = await browser.newPage();
  const { lhr } = await lighthouse(base + '/resident/#/' + path, { onlyCategories: CATEGORIES, logLevel: 'error' }, undefined, page);
  if (lhr.runtimeError) {
    // A machine that is busy loses a trace now and then.
    if (again) return measure(browser, path, false);
    throw new Error(path + ': ' + lhr.runtimeError.message);
  }
  const failed = lhr.categories.accessibility.auditRefs.map(ref => lhr.audits[ref.id]).filter(audit => audit.score !== null && audit.score < 1);
  return {
    path, version: lhr.lighthouseVersion, scores: CATEGORIES.map(id => Math.round(lhr.categories[id].score * 100)),
    paintSeconds: lhr.audits['largest-contentful-paint'].numericValue / 1000, shift: lhr.audits['cumulative-layout-shift'].numericValue,
    blockedMillis: lhr.audits['total-blocking-time'].numericValue, bytes: lhr.audits['total-byte-weight'].numericValue,
    faults: failed.map(audit => audit.id + ': ' + (audit.details?.items || []).map(item => item.node?.snippet || '').join(' | '))
  };
}

const browser = await puppeteer.launch({ executablePath: process.env.CHROME_PATH || '/usr/bin/chromium', args: ['--no-sandbox'] });
let bad = 0;
try {
  const page = await browser.newPage();
  await page.goto(base + '/resident/');
  const results = [];
  for (let run = 0; run < Number(runs); run++) results.push(await measure(browser, 'login'));
  await page.goto(base + '/resident/');
  await page.evaluate(token => localStorage.setItem('gatehouse.resident.refresh', token), await login());
  for (const path of INSIDE) for (let run = 0; run < Number(runs); run++) results.push(await measure(browser, path));

  console.log('Lighthouse ' + results[0].version + ', ' + await browser.version());
  console.log('| page | performance | accessibility | best practices | largest paint s | blocked ms | shift | KB |');
  console.log('|---|---|---|---|---|---|---|---|');
  for (const one of results) {
    console.log('| ' + [one.path, ...one.scores, one.paintSeconds.toFixed(1), Math.round(one.blockedMillis), one.shift.toFixed(3),
      Math.round(one.bytes / 1000)].join(' | ') + ' |');
    one.faults.forEach(fault => console.log('  ' + fault));
  }
  bad = ['login', ...INSIDE].filter(path => {
    const runs = results.filter(one => one.path === path);
    const middle = runs.map(one => one.scores[0]).sort((one, other) => one - other)[Math.floor(runs.length / 2)];
    return middle < GOAL_PERCENT || runs.some(one => one.scores[1] < GOAL_PERCENT || one.faults.length);
  }).length;
} finally {
  await browser.close();
}
process.exit(bad ? 1 : 0);
