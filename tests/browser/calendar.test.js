/* The published calendars as an independent reader expands them: the rhythm with its overrides gives the very days of
 * the plain file, none of them a day off, every event with its reminders and its own UID. */
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const { SITE } = require('./helpers.js');

const FOLDER = path.join(SITE, 'calendar');
const FILES = fs.readdirSync(FOLDER).filter((name) => name.endsWith('.ics')).sort();

async function read(name) {
  const { default: ICAL } = await import('ical.js');
  const whole = new ICAL.Component(ICAL.parse(fs.readFileSync(path.join(FOLDER, name), 'utf8')));
  for (const zone of whole.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return { ICAL, events: whole.getAllSubcomponents('vevent') };
}

/* Day and summary of every instance, overrides in their place. */
async function expand(name) {
  const { ICAL, events } = await read(name);
  const found = [];
  for (const component of events.filter((event) => !event.hasProperty('recurrence-id'))) {
    const event = new ICAL.Event(component);
    const mine = (other) => other.hasProperty('recurrence-id') && other.getFirstPropertyValue('uid') === event.uid;
    events.filter(mine).forEach((other) => event.relateException(new ICAL.Event(other)));
    const steps = event.iterator();
    for (let at = steps.next(); at; at = steps.next()) {
      const details = event.getOccurrenceDetails(at);
      found.push(details.startDate.toString().slice(0, 10) + ' ' + details.item.summary);
    }
  }
  return found.sort();
}

test('each role has a calendar for two years, with its plain version', () => {
  const years = [...new Set(FILES.map((name) => name.match(/-(\d{4})(?:-plain)?\.ics$/)[1]))];
  assert.equal(years.length, 2);
  const series = FILES.filter((name) => !name.startsWith('duties-') && !name.endsWith('-plain.ics'));
  assert.ok(series.length >= 16, String(series));
  for (const name of series) assert.ok(FILES.includes(name.replace('.ics', '-plain.ics')), name);
});

test('the rhythm with its overrides gives the very days of the plain file', async () => {
  for (const name of FILES.filter((file) => !file.startsWith('duties-') && !file.endsWith('-plain.ics'))) {
    const days = await expand(name);
    assert.ok(days.length, name);
    assert.deepEqual(days, await expand(name.replace('.ics', '-plain.ics')), name);
  }
});

test('events begin at nine in China, ring before, and keep one UID each', async () => {
  for (const name of FILES) {
    const { ICAL, events } = await read(name);
    const uids = events.filter((event) => !event.hasProperty('recurrence-id')).map((event) => event.getFirstPropertyValue('uid'));
    assert.equal(new Set(uids).size, uids.length, name);
    for (const component of events) {
      assert.ok(component.getAllSubcomponents('valarm').length >= 1, name);
      const start = new ICAL.Event(component).startDate;
      if (start.isDate) continue;
      assert.equal(start.zone.tzid, 'Asia/Shanghai');
      assert.equal(start.toJSDate().toISOString().slice(11, 16), '01:00');
    }
  }
});
