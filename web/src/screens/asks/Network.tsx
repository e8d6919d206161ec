import { useQuery } from '@tanstack/react-query';
import { unread } from '../../lib/again';
import { askNetwork, type NetworkAnswer, type PriceRange } from '../../lib/api.gen';
import { count, many, range } from '../../lib/format';
import { Chip } from '../../ui/AdText';
import { Dialog } from '../../ui/Dialog';
import { Link } from '../../ui/Link';
import { Empty, Failed, Loading } from '../../ui/states';

const span = (minutes: number | null): string =>
  minutes === null ? 'length not said' : minutes % 60 ? `${minutes} min` : `${minutes / 60} h`;

const Prices = ({ prices }: { prices: PriceRange[] }) => (
  <table>
    <caption className="sr">Prices stated</caption>
    <thead>
      <tr>
        <th scope="col">Price for</th>
        <th scope="col" className="num">
          Lowest
        </th>
        <th scope="col" className="num">
          Middle
        </th>
        <th scope="col" className="num">
          Highest
        </th>
        <th scope="col" className="num">
          Ads
        </th>
      </tr>
    </thead>
    <tbody>
      {prices.slice(0, 8).map((p, i) => (
        <tr key={i}>
          <td>
            {span(p.minutes)}, {p.currency || 'currency not said'}
          </td>
          <td className="num">{count(p.lowest)}</td>
          <td className="num">{count(p.middle)}</td>
          <td className="num">{count(p.highest)}</td>
          <td className="num">{count(p.ads)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Answer = ({ a }: { a: NetworkAnswer }) => (
  <article className="network-answer">
    <header className="line">
      <h3>{a.title}</h3>
      <Link className="button" to={`/identity/${a.identity}`}>
        {a.lead ? 'Open the dossier of its lead' : 'Open its group'}
      </Link>
    </header>
    <p className="meta">
      {many(a.ads, 'ad')} linked together, {many(a.direct, 'of them', 'of them')} found by the query itself ·{' '}
      {range(a.first, a.last)}
    </p>
    <div className="network-columns">
      <section>
        {a.prices.length ? (
          <Prices prices={a.prices} />
        ) : (
          <p className="meta">No price was read in these ads.</p>
        )}
      </section>
      <section>
        <h4>
          Cities <span className="hint">{count(a.places_count)}</span>
        </h4>
        <p>
          {a.places.map((p) => `${p.label} (${count(p.ads)})`).join(', ') || 'No ad names a city.'}
          {a.places_count > a.places.length && ` and ${count(a.places_count - a.places.length)} more`}
        </p>
        <h4>Contacts</h4>
        <div className="chips">
          {a.contacts.map((v) => (
            <Chip key={`${v.kind}:${v.value}`} kind={v.kind} label={v.label} common={v.common} />
          ))}
        </div>
        <h4>Names used</h4>
        <div className="chips">
          {a.names.map((v) => (
            <Chip key={v.value} kind="name" label={v.label} />
          ))}
        </div>
      </section>
    </div>
  </article>
);

/** What all ads say that are linked to a query: prices, cities, contacts, names, each group apart. */
export const NetworkDialog = ({ text, onClose }: { text: string; onClose: () => void }) => {
  const answer = useQuery({
    queryKey: ['network', text],
    queryFn: ({ signal }) => askNetwork({ text }, signal),
  });
  const page = answer.data;
  return (
    <Dialog title={`The whole network of ${text}`} onClose={onClose} wide>
      {answer.isPending && <Loading lines={8} what="Gathering the linked ads" />}
      {unread(answer) && (
        <Failed error={answer.error} what="The network could not be asked" retry={() => answer.refetch()} />
      )}
      {page && (
        <>
          <p className="meta">
            {many(page.ads, 'ad')} found; the groups they belong to answer as a whole. A group is a lead, not
            a finding: open it to see why its ads belong together.
          </p>
          {page.too_many && (
            <Empty title="Too many ads hold this.">
              <p>What stands in so many ads is no key to one network. Narrow the query.</p>
            </Empty>
          )}
          {page.ads === 0 && (
            <Empty title="No ad is found.">
              <p>{page.searched}</p>
            </Empty>
          )}
          {page.ads > 0 && !page.too_many && page.groups.length === 0 && (
            <Empty title="The found ads are in no group yet.">
              <p>Groups are made at the next refresh.</p>
            </Empty>
          )}
          {page.groups.map((a) => (
            <Answer key={a.identity} a={a} />
          ))}
          {page.more > 0 && (
            <p className="meta">{many(page.more, 'more group')} not listed: narrow the query.</p>
          )}
        </>
      )}
    </Dialog>
  );
};
