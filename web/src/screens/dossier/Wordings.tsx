import { useQuery } from '@tanstack/react-query';
import { identityWordings, type WordingPage } from '../../lib/api.gen';
import { count, DAY_MS, many, range } from '../../lib/format';
import { iconOf, tintOf, wordOf } from '../../lib/kinds';
import { Icon } from '../../ui/Icon';
import { Empty, Failed, Loading } from '../../ui/states';

const Ticks = ({ w, from, to }: { w: WordingPage; from: number; to: number }) => {
  const at = (day: string) => (((Date.parse(day) - from) / Math.max(to - from, DAY_MS)) * 300).toFixed(1);
  return (
    <svg
      className="ticks"
      viewBox="0 0 300 16"
      preserveAspectRatio="none"
      role="img"
      aria-label={`Ads with this wording from ${range(w.first, w.last)}`}
    >
      <path d={[...new Set(w.days)].map((d) => `M${at(d)} 2v12`).join('')} />
    </svg>
  );
};

const Wording = ({ w, from, to }: { w: WordingPage; from: number; to: number }) => (
  <article className="wording">
    <div className="line">
      <h2>
        {many(w.ads, 'ad')} <span className="hint">{range(w.first, w.last)}</span>
      </h2>
      <span className="meta">
        {w.elsewhere
          ? `Also in ${many(w.elsewhere, 'ad')} of ${many(w.elsewhere_identities, 'other group')}`
          : 'Nowhere else in this workspace'}
      </span>
    </div>
    <Ticks w={w} from={from} to={to} />
    <p className="ad-text pattern" dir="auto">
      {w.pattern.map((p, i) =>
        p.slot ? (
          <span key={i} className={`mark t-${tintOf(p.slot)}`} title={p.examples.join(', ')}>
            <Icon name={iconOf(p.slot)} size={13} />
            <b>{wordOf(p.slot)}</b>
            <span className="normal"> {many(p.values, 'value')}</span>
          </span>
        ) : (
          <span key={i} className="constant">
            {p.text}
          </span>
        ),
      )}
    </p>
    {w.pattern.some((p) => p.examples.length > 0) && (
      <details className="twin">
        <summary>Values in the changing places</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Place</th>
              <th scope="col" className="num">
                Values
              </th>
              <th scope="col">Some of them</th>
            </tr>
          </thead>
          <tbody>
            {w.pattern
              .filter((p) => p.slot)
              .map((p, i) => (
                <tr key={i}>
                  <td>{wordOf(p.slot)}</td>
                  <td className="num">{p.values}</td>
                  <td>{p.examples.join(', ')}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    )}
  </article>
);

/** The wordings that a group's ads share: constant text grey, changing places coloured. */
export const Wordings = ({ id }: { id: string }) => {
  const list = useQuery({
    queryKey: ['wordings', id],
    queryFn: ({ signal }) => identityWordings(id, signal),
  });
  if (list.isPending)
    return (
      <div className="pad">
        <Loading what="Loading the wordings" />
      </div>
    );
  if (list.isError)
    return (
      <div className="pad">
        <Failed error={list.error} what="The wordings could not be read" retry={() => list.refetch()} />
      </div>
    );
  const days = list.data.wordings.flatMap((w) => w.days).map((d) => Date.parse(d));
  const [from, to] = [Math.min(...days), Math.max(...days)];
  return (
    <div className="wordings">
      {list.data.wordings.length === 0 && <Empty title="No two ads here share a wording." />}
      {list.data.wordings.map((w) => (
        <Wording key={w.id} w={w} from={from} to={to} />
      ))}
      {list.data.alone > 0 && (
        <p className="meta">
          {count(list.data.alone)} of the ads share no wording. A shared wording may come from a common
          template of a site, or from a service that writes ads: see who else uses it.
        </p>
      )}
    </div>
  );
};
