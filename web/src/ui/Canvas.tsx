import { useEffect, useRef } from 'react';
import { useTheme } from '../lib/theme';
import { type Colours, coloursOf, prepare } from '../viz/theme';

interface Props {
  label: string; // one sentence that says what the picture says; the list beside it has the facts
  className?: string;
  late?: boolean; // drawn after the frame that shows the words around it, and empty until then
  draw: (ctx: CanvasRenderingContext2D, w: number, h: number, c: Colours) => void;
}

/** A canvas that is drawn again when its box, its data or the theme changes. */
export const Canvas = ({ label, className, draw, late = false }: Props) => {
  const ref = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is read from the stylesheet
  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const paint = () => {
      const ready = prepare(canvas);
      if (ready) draw(ready.ctx, ready.w, ready.h, coloursOf(canvas));
    };
    const stop = new AbortController();
    const watch = new ResizeObserver(paint); // tells the first size as well
    const begin = () => {
      if (!stop.signal.aborted) watch.observe(canvas);
    };
    if (late) {
      canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
      requestAnimationFrame(() => setTimeout(begin));
    } else begin();
    if (document.fonts?.status === 'loading') document.fonts.ready.then(paint);
    return () => {
      stop.abort();
      watch.disconnect();
    };
  }, [draw, theme, late]);
  return <canvas ref={ref} className={className} role="img" aria-label={label} />;
};
