import { expect, test } from 'vitest';
import {
  communities,
  drawGraph,
  fitView,
  GAP,
  type GraphLink,
  type GraphNode,
  linksFrom,
  linksOf,
  nodeAt,
  shrinkOf,
} from '../graph';
import { layout } from '../layout';

const node = (id: string, ads = 1): GraphNode => ({ id, kind: 'phone', tint: 'phone', label: id, ads });
const link = (a: string, b: string, strength = 1, ads = 1): GraphLink => ({ a, b, strength, ads });

test('links below the chosen strength and links to nobody are left out', () => {
  const links = [link('a', 'b', 0.9), link('a', 'c', 0.3), link('a', 'ghost', 1), link('a', 'a', 1)];
  expect(
    linksFrom(
      ['a', 'b', 'c'].map((id) => node(id)),
      links,
      0.5,
    ),
  ).toEqual([links[0]]);
});

test('a node’s links come strongest first', () => {
  const links = [link('a', 'b', 0.4), link('c', 'a', 0.9), link('b', 'c', 1)];
  expect(linksOf('a', links)).toEqual([links[1], links[0]]);
});

test('the same data gives the same picture, and no two nodes on one spot', () => {
  const ask = {
    ids: [...'abcdefgh'],
    radii: Array(8).fill(12),
    links: [0, 1, 2, 3, 4, 5].map((i) => ({ a: i, b: i + 1, strength: 0.8 })),
    ticks: 120,
  };
  const places = layout(ask);
  expect([...places]).toEqual([...layout(ask)]);
  for (let i = 0; i < 8; i += 1)
    for (let j = 0; j < i; j += 1) {
      const [dx, dy] = [places[2 * i]! - places[2 * j]!, places[2 * i + 1]! - places[2 * j + 1]!];
      expect(Math.hypot(dx, dy)).toBeGreaterThan(24);
    }
});

test('tied nodes stand nearer than strangers', () => {
  const places = layout({
    ids: [...'abcd'],
    radii: Array(4).fill(10),
    links: [
      { a: 0, b: 1, strength: 1 },
      { a: 2, b: 3, strength: 1 },
    ],
    ticks: 200,
  });
  const far = (i: number, j: number) =>
    Math.hypot(places[2 * i]! - places[2 * j]!, places[2 * i + 1]! - places[2 * j + 1]!);
  expect(far(0, 1)).toBeLessThan(Math.min(far(0, 2), far(0, 3)));
});

test('a press within a node finds it, one beside it finds nothing', () => {
  const placed = [{ ...node('a'), x: 0, y: 0, r: 10 }];
  const view = { k: 2, x: 100, y: 50 };
  expect(nodeAt(placed, view, 108, 50)?.id).toBe('a');
  expect(nodeAt(placed, view, 130, 50)).toBeNull();
});

test('in a small frame nodes shrink with the picture, so that none covers another; in a large one they stay', () => {
  for (const r of [10, 22]) expect(2 * r * shrinkOf(0.5)).toBeLessThanOrEqual(0.5 * (2 * r + 2 * GAP) + 1e-9);
  expect(shrinkOf(0.9)).toBe(1);
  expect(shrinkOf(0.01)).toBeGreaterThan(0.5);
});

test('the view shows every node within the frame', () => {
  const placed = [
    { ...node('a'), x: -900, y: 40, r: 10 },
    { ...node('b'), x: 700, y: -60, r: 10 },
  ];
  const view = fitView(placed, 800, 600);
  for (const n of placed) {
    expect(n.x * view.k + view.x).toBeGreaterThanOrEqual(0);
    expect(n.x * view.k + view.x).toBeLessThanOrEqual(800);
  }
});

test('above the limit nodes are put together, and none is lost', () => {
  const hubs = ['h1', 'h2', 'h3'];
  const leaves = Array.from({ length: 60 }, (_, i) => `n${i}`);
  const links = leaves.map((id, i) => link(hubs[i % 3]!, id, 0.8, 2));
  const all = [...hubs, ...leaves].map((id) => node(id));
  const made = communities(all, links, 10);
  expect(made.nodes.length).toBeLessThanOrEqual(10);
  expect(all.every((n) => made.nodes.some((m) => m.id === made.of.get(n.id)))).toBe(true);
  for (const hub of hubs) expect(made.of.get(hub)).toBe(hub);
  expect(communities(all, links, 100).nodes).toEqual(all);
});

test('whoever is tied to nobody stays in sight as one of the others', () => {
  const all = Array.from({ length: 20 }, (_, i) => node(`n${i}`));
  const made = communities(all, [link('n0', 'n1')], 5);
  expect(made.nodes.find((n) => n.id === 'rest')?.ads).toBe(16);
});

test('a name keeps off the buttons of the picture', () => {
  const names: string[] = [];
  const acts: Record<string, unknown> = {
    fillText: (text: string) => names.push(text),
    measureText: () => ({ width: 40 }),
  };
  const pen = new Proxy({}, { get: (_, act: string) => acts[act] ?? (() => undefined), set: () => true });
  const at = (id: string, x: number) => ({ ...node(id), x, y: 40, r: 10 });
  const scene = {
    placed: [at('under', 370), at('free', 100)],
    links: [],
    focus: null,
    view: { k: 1, x: 0, y: 0 },
  };
  drawGraph(pen as CanvasRenderingContext2D, scene, 390, 300, () => '#000000');
  expect(names).toEqual(['free']);
});
