'use strict';
/*
 * Reads WXML and draws it as WeChat does, as far as the mini program uses it: {{expressions}}, wx:if, wx:elif, wx:else, wx:for, block, slots and own
 * components. What is drawn is a tree of {tag, attributes, handlers, dataset, children, owner, text}.
 */
const fs = require('fs');
const path = require('path');

const VOID = /^(input|image|import|include|wxs|page-meta)$/;

/** @returns nodes {tag, attributes, children} and strings */
function parse(source, file) {
  const root = { tag: '#root', attributes: {}, children: [] };
  const stack = [root];
  const token = /<!--[\s\S]*?-->|<\/([\w-]+)\s*>|<([\w-]+)((?:\s+[\w:*-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*(\/?)>|[^<]+|</g;
  let found;
  while ((found = token.exec(source))) {
    const top = stack[stack.length - 1];
    if (found[0].startsWith('<!--')) continue;
    if (found[1]) {
      if (top.tag !== found[1]) throw new Error(file + ': </' + found[1] + '> closes <' + top.tag + '>');
      stack.pop();
    } else if (found[2]) {
      const node = { tag: found[2], attributes: attributesOf(found[3]), children: [] };
      top.children.push(node);
      if (!found[4] && !(VOID.test(node.tag) && !source.slice(token.lastIndex).includes('</' + node.tag + '>'))) stack.push(node);
    } else if (found[0] === '<') {
      throw new Error(file + ': a stray < at ' + found.index);
    } else if (found[0].trim()) {
      top.children.push(found[0].trim());
    }
  }
  if (stack.length > 1) throw new Error(file + ': <' + stack.pop().tag + '> is not closed');
  return root.children;
}

function attributesOf(text) {
  const attributes = {};
  const one = /([\w:*-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;
  let found;
  while ((found = one.exec(text || ''))) attributes[found[1]] = found[2] !== undefined ? found[2] : found[3] !== undefined ? found[3] : true;
  return attributes;
}

const compiled = new Map();

function expression(text) {
  if (!compiled.has(text)) compiled.set(text, new Function('scope', 'with (scope) { return (' + text + '); }'));
  return compiled.get(text);
}

/* A name that the page does not have is undefined, as in WeChat; nothing of the machine's is within reach. */
const scoped = scope => new Proxy(scope, { has: (target, name) => typeof name === 'string', get: (target, name) => (typeof name === 'string' ? target[name] : undefined) });

function valueOf(text, scope) {
  if (text === true) return true;
  const whole = /^\{\{([\s\S]*?)\}\}$/.exec(text);
  if (whole && !whole[1].includes('{{')) return expression(whole[1])(scoped(scope));
  return text.replace(/\{\{([\s\S]*?)\}\}/g, (all, inner) => {
    const value = expression(inner)(scoped(scope));
    return value === undefined || value === null ? '' : String(value);
  });
}

const templates = new Map();

function templateOf(file) {
  if (!templates.has(file)) templates.set(file, parse(fs.readFileSync(file, 'utf8'), path.basename(file)));
  return templates.get(file);
}

/**
 * @param owner {data, file, componentAt(path, tag, properties, listeners)}: a page or a component; componentAt gives the instance of an own component, or null
 */
function draw(owner, slotted) {
  return drawAll(templateOf(owner.file + '.wxml'), owner.data, { owner, slotted, at: '' });
}

function drawAll(nodes, scope, where) {
  const drawn = [];
  let chosen = true;
  nodes.forEach((node, index) => {
    if (typeof node === 'string') {
      drawn.push({ tag: '#text', text: String(valueOf(node, scope)), children: [] });
      return;
    }
    const at = where.at + '/' + index;
    if ('wx:elif' in node.attributes || 'wx:else' in node.attributes) {
      if (chosen) return;
      chosen = 'wx:else' in node.attributes || Boolean(valueOf(node.attributes['wx:elif'], scope));
      if (!chosen) return;
    } else if ('wx:if' in node.attributes && !('wx:for' in node.attributes)) {
      chosen = Boolean(valueOf(node.attributes['wx:if'], scope));
      if (!chosen) return;
    }
    if ('wx:for' in node.attributes) drawn.push(...drawEach(node, scope, where, at));
    else drawn.push(...drawOne(node, scope, where, at));
  });
  return drawn;
}

function drawEach(node, scope, where, at) {
  const items = valueOf(node.attributes['wx:for'], scope) || [];
  const item = node.attributes['wx:for-item'] || 'item';
  const index = node.attributes['wx:for-index'] || 'index';
  return Array.from(typeof items === 'number' ? Array(items).keys() : items).flatMap((value, place) => {
    const inner = Object.assign({}, scope, { [item]: value, [index]: place });
    if ('wx:if' in node.attributes && !valueOf(node.attributes['wx:if'], inner)) return [];
    return drawOne(node, inner, where, at + '#' + place);
  });
}

function drawOne(node, scope, where, at) {
  const inner = { owner: where.owner, slotted: where.slotted, at };
  if (node.tag === 'block') return drawAll(node.children, scope, inner);
  if (node.tag === 'slot') return where.slotted ? where.slotted() : [];
  const made = { tag: node.tag, attributes: {}, handlers: {}, dataset: {}, children: [], owner: where.owner };
  Object.entries(node.attributes).forEach(([name, text]) => {
    if (name.startsWith('wx:')) return;
    const value = valueOf(text, scope);
    const handler = /^(?:capture-)?(?:bind|catch):?(\w+)$/.exec(name);
    if (handler) {
      if (value) made.handlers[handler[1]] = value;
    } else if (name.startsWith('data-')) {
      made.dataset[name.slice(5).replace(/-(\w)/g, (all, letter) => letter.toUpperCase())] = value;
    } else {
      made.attributes[name] = value;
    }
  });
  const component = where.owner.componentAt(at, node.tag, made);
  if (component) {
    made.children = draw(component, () => drawAll(node.children, scope, inner));
  } else if (!(node.tag.startsWith('mp-') && made.attributes.show === false)) {
    made.children = drawAll(node.children, scope, inner);
  }
  return [made];
}

const textOf = node => (node.tag === '#text' ? node.text : node.tag === 'input' || node.tag === 'textarea' ? String(node.attributes.value === undefined ? '' : node.attributes.value)
  : node.children.map(textOf).join(node.tag === 'text' ? '' : ' '));

const plain = text => text.replace(/\s+/g, ' ').trim();

module.exports = { draw, parse, textOf: node => plain(textOf(node)) };
