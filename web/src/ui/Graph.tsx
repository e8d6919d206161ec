import { useEffect, useRef, useState } from 'react';
import { iconOf } from '../lib/kinds';
import { useTheme } from '../lib/theme';
import { type GraphLink, type GraphNode, radiusOf } from '../viz/graph';
import { GraphMap } from '../viz/graphmap';
import { layOut } from '../viz/worker';
import { drawIcon } from './iconpath';
import { MapButtons } from './MapButtons';

interface Props {
  label: string;
  nodes: readonly GraphNode[];
  all: readonly GraphLink[]; // what decides where nodes stand
  links: readonly GraphLink[]; // what is drawn of them
  focus: string | null;
  onPick: (id: string | null) => void;
}

const ticksFor = (n: number): number => (n > 1000 ? 120 : n > 300 ? 200 : 320);

/** The picture of a graph. The list beside it has the same facts, and the keyboard. */
export const Graph = ({ label, nodes, all, links, focus, onPick }: Props) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useRef<GraphMap | null>(null);
  const [laid, setLaid] = useState(false);
  const theme = useTheme();
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    if (!canvas.current) return;
    const made = new GraphMap(
      canvas.current,
      { onPick: (id) => pick.current(id), onHover: () => undefined },
      (ctx, node, x, y, r, colour) => drawIcon(ctx, iconOf(node.kind), x, y, r, colour),
    );
    map.current = made;
    const watch = new ResizeObserver(() => made.resized());
    watch.observe(canvas.current);
    return () => {
      watch.disconnect();
      made.destroy();
      map.current = null;
    };
  }, []);
  useEffect(() => {
    const stop = new AbortController();
    setLaid(false);
    const most = Math.max(...nodes.map((n) => n.ads), 1);
    const radii = nodes.map((n) => radiusOf(n.ads, most));
    const at = new Map(nodes.map((n, i) => [n.id, i]));
    const ties = all.flatMap((l) => {
      const [a, b] = [at.get(l.a), at.get(l.b)];
      return a === undefined || b === undefined ? [] : [{ a, b, strength: l.strength }];
    });
    layOut(
      { ids: nodes.map((n) => n.id), radii, links: ties, ticks: ticksFor(nodes.length) },
      stop.signal,
    ).then(
      (places) => {
        map.current?.show(nodes, places, radii);
        setLaid(true);
      },
      () => setLaid(true), // without a layout the list still has every fact
    );
    return () => stop.abort();
  }, [nodes, all]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours come from the stylesheet
  useEffect(() => map.current?.draw(links, focus), [links, focus, theme, laid]);
  return (
    <div className="graph" data-laid={laid}>
      <canvas ref={canvas} role="img" aria-label={label} />
      <MapButtons map={() => map.current} step={1.4} />
      {!laid && <p className="graph-wait">Laying the picture out …</p>}
    </div>
  );
};
