/** Where the nodes of a graph stand: the same data gives the same picture, on every machine. */
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from 'd3-force';
import { GAP } from './graph';

export interface LayoutRequest {
  ids: string[];
  radii: number[];
  links: { a: number; b: number; strength: number }[]; // places in `ids`
  ticks: number;
}

interface Body extends SimulationNodeDatum {
  r: number;
}

const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** Return x and y of each node, one after the other. Nothing is drawn by lot: the start is a spiral. */
export const layout = ({ ids, radii, links, ticks }: LayoutRequest): Float32Array => {
  const many = ids.length > 400;
  const bodies: Body[] = ids.map((_, i) => ({
    x: 12 * Math.sqrt(i + 0.5) * Math.cos(i * GOLDEN),
    y: 12 * Math.sqrt(i + 0.5) * Math.sin(i * GOLDEN),
    r: radii[i] ?? 10,
  }));
  const ties: (SimulationLinkDatum<Body> & { strength: number })[] = links.map((l) => ({
    source: bodies[l.a]!,
    target: bodies[l.b]!,
    strength: l.strength,
  }));
  const springs = forceLink<Body, (typeof ties)[number]>(ties)
    .distance((t) => (many ? 34 : 80 + 70 * (1 - t.strength)))
    .iterations(1);
  const simulation = forceSimulation<Body>(bodies)
    .stop()
    .force('link', springs)
    .force(
      'charge',
      forceManyBody<Body>()
        .strength(many ? -40 : -420)
        .theta(0.9)
        .distanceMax(900),
    )
    .force('x', forceX<Body>(0).strength(0.05))
    .force('y', forceY<Body>(0).strength(0.07))
    .alphaDecay(1 - 0.001 ** (1 / Math.max(1, ticks)));
  if (!many) simulation.force('collide', forceCollide<Body>((b) => b.r + GAP).iterations(2));
  simulation.tick(ticks);
  const out = new Float32Array(ids.length * 2);
  bodies.forEach((b, i) => {
    out[2 * i] = b.x ?? 0;
    out[2 * i + 1] = b.y ?? 0;
  });
  return out;
};
