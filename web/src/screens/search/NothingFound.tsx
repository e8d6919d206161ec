import type { SearchPage, SearchRequest } from '../../lib/api.gen';
import { many, plainDay } from '../../lib/format';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/states';

interface Props {
  page: SearchPage;
  request: SearchRequest;
  onChange: (part: Partial<SearchRequest>) => void;
}

/** An empty result says what was searched, which term leaves nothing over, and offers to drop it. */
export const NothingFound = ({ page, request, onChange }: Props) => {
  const helpful = page.chips.map((c, i) => ({ chip: c, n: page.without[i] ?? 0 })).filter((x) => x.n > 0);
  const several = page.chips.length > 1;
  return (
    <Empty title="No ad is found.">
      <p>{page.searched}</p>
      {several && helpful.length > 0 && (
        <ul className="droppable">
          {helpful.map(({ chip, n }, i) => (
            <li key={i}>
              <span>
                Without <b>{chip.label}</b> there would be {many(n, 'ad')}.
              </span>
              <button type="button" className="button" onClick={() => onChange({ text: chip.without })}>
                <Icon name="dismiss" size={14} /> Drop {chip.label}
              </button>
            </li>
          ))}
        </ul>
      )}
      {several && helpful.length === 0 && <p>Dropping one term alone does not help.</p>}
      <p className="row">
        {(request.filters?.length ?? 0) > 0 && (
          <button type="button" className="button" onClick={() => onChange({ filters: [] })}>
            Drop the filters
          </button>
        )}
        {(request.first || request.last) && (
          <button type="button" className="button" onClick={() => onChange({ first: null, last: null })}>
            Drop the range {request.first && plainDay(request.first)} –{' '}
            {request.last && plainDay(request.last)}
          </button>
        )}
      </p>
    </Empty>
  );
};
