import { Icon } from './Icon';

interface Zoomable {
  zoom: (by: number) => void;
  fit: () => void;
}

/** The buttons beside a picture that can be moved: nearer, farther, all of it. */
export const MapButtons = ({ map, step }: { map: () => Zoomable | null; step: number }) => (
  <div className="map-buttons">
    <button type="button" className="icon-button" aria-label="Nearer" onClick={() => map()?.zoom(step)}>
      <Icon name="plus" />
    </button>
    <button type="button" className="icon-button" aria-label="Farther" onClick={() => map()?.zoom(1 / step)}>
      <Icon name="minus" />
    </button>
    <button type="button" className="icon-button" aria-label="Show all" onClick={() => map()?.fit()}>
      <Icon name="locate" />
    </button>
  </div>
);
