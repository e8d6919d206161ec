import { type PointerEvent, useCallback, useEffect, useMemo, useState } from 'react';
import type { MovementPage } from '../../lib/api.gen';
import { DAY_MS, isoDay, plainDay } from '../../lib/format';
import { Canvas } from '../../ui/Canvas';
import { Icon } from '../../ui/Icon';
import { RangeSliders } from '../../ui/RangeSliders';
import { Scroll } from '../../ui/Scroll';
import type { Colours } from '../../viz/theme';
import { drawTimeline, heightOf, stayAt } from '../../viz/timeline';
import type { TabStay } from './MovementTab';

interface Props {
  page: MovementPage;
  stays: TabStay[];
  extent: [number, number];
  range: [number, number];
  onRange: (range: [number, number] | null) => void;
  words: string;
  lit: number | null;
  onLit: (place: number | null) => void;
}

const LEFT = 148; // pixels for the names
const PLAY_MS = 9_000; // the whole period
const TICK_MS = 90;
const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** City by time, with a range by two sliders and a replay that stops where motion is not wanted. */
export const MoveTime = ({ page, stays, extent, range, onRange, words, lit, onLit }: Props) => {
  const [playing, setPlaying] = useState(false);
  const days = Math.max(1, Math.round((extent[1] - extent[0]) / DAY_MS));
  const [from, to] = [
    Math.round((range[0] - extent[0]) / DAY_MS),
    Math.round((range[1] - extent[0]) / DAY_MS),
  ];
  const set = (a: number, b: number) =>
    onRange(a <= 0 && b >= days ? null : [extent[0] + a * DAY_MS, extent[0] + b * DAY_MS]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tick moves the end that was last drawn
  useEffect(() => {
    if (!playing) return;
    if (to >= days) {
      setPlaying(false);
      return;
    }
    const step = Math.max(1, Math.round((days * TICK_MS) / PLAY_MS));
    const timer = setTimeout(() => set(from, Math.min(days, to + step)), TICK_MS);
    return () => clearTimeout(timer);
  }, [playing, to]);
  const play = () => {
    if (playing) return setPlaying(false);
    const step = Math.max(1, Math.round(days / 20));
    if (still()) return set(0, to >= days ? step : Math.min(days, to + step)); // a press is a step
    if (to >= days) set(0, 1);
    setPlaying(true);
  };
  const labels = useMemo(() => page.places.map((p) => p.label), [page.places]);
  const height = heightOf(stays);
  const draw = useCallback(
    (ctx: CanvasRenderingContext2D, w: number, h: number, c: Colours) =>
      drawTimeline(ctx, { stays, labels, lit, range, left: LEFT }, w, h, c),
    [stays, labels, lit, range],
  );
  const move = (e: PointerEvent<HTMLDivElement>) => {
    const box = e.currentTarget.getBoundingClientRect();
    const i = stayAt(stays, e.clientX - box.x, e.clientY - box.y, box.width, LEFT);
    onLit(i < 0 ? null : stays[i]!.place);
  };
  const dayOf = (n: number) => plainDay(isoDay(extent[0] + n * DAY_MS));
  return (
    <section className="move-time" aria-label="Stays over time">
      <div className="line">
        <h2>
          Stays over time <span className="hint">{words}</span>
        </h2>
        <span className="row">
          <button type="button" className="button" onClick={play} aria-pressed={playing}>
            <Icon name={playing ? 'pause' : 'play'} size={14} /> {playing ? 'Pause' : 'Play'}
          </button>
          <button type="button" className="button quiet" onClick={() => onRange(null)}>
            Whole period
          </button>
        </span>
      </div>
      <Scroll label="Chart of stays" className="move-chart">
        <div style={{ height }} onPointerMove={move} onPointerLeave={() => onLit(null)}>
          <Canvas
            className="move-canvas"
            draw={draw}
            label={`Stays by city over time, ${words}; the list of stays has the same facts.`}
          />
        </div>
      </Scroll>
      <RangeSliders
        top={days}
        from={from}
        to={to}
        least={1}
        left={LEFT}
        words={(n, end) => dayOf(end ? n - 1 : n)}
        onChange={set}
      />
    </section>
  );
};
