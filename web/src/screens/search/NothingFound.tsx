import type { SearchPage, SearchRequest } from '../../lib/api.gen';
import { many, plainDay } from '../../lib/format';
import { Empty } from '../../ui/states';

interface Props {
  page: SearchPage;
  request: SearchRequest;
  onChange: (part: Partial<SearchRequest>) => void;
}

/** An empty result says what was searched, and which term leaves nothing over. */
export const NothingFound = ({ page, request, onChange }: Props) => {
  const helpful = page.chips.map((c, i) => ({ chip: c, n: page.without[i] ?? 0 })).filter((x) => x.n > 0);
  return (
    <Empty title="No ad is found.">
      <p>{page.searched}</p>
      {helpful.length > 0 && (
        <ul>
          {helpful.map(({ chip, n }, i) => (
            <li key={i}>
              Without <b>{chip.text}</b> there would be {many(n, 'ad')}.
            </li>
          ))}
        </ul>
      )}
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
