/** The layout off the page's own thread, so that the page stays live. */
import { type LayoutRequest, layout } from './layout';

self.onmessage = (event: MessageEvent<LayoutRequest & { job: number }>) => {
  const places = layout(event.data);
  (self as unknown as Worker).postMessage({ job: event.data.job, places }, [places.buffer]);
};
