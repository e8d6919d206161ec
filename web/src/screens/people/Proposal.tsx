import { useQuery } from '@tanstack/react-query';
import { unread } from '../../lib/again';
import { getTraining, type Share } from '../../lib/api.gen';
import { count, many } from '../../lib/format';
import { Heads } from '../../ui/pieces';
import { Scroll } from '../../ui/Scroll';
import { Failed, Loading } from '../../ui/states';

const percent = (share: number) => `${Math.round(share * 100)} %`;
const range = (low: number, high: number) => `${Math.round(low * 100)} to ${percent(high)}`;
const told = (s: Share | null) =>
  s ? `${percent(s.share)} of ${count(s.of)} (${range(s.low, s.high)})` : 'too few';

/** The card that somebody is asked to agree to, with all that says how far to trust it. */
export const Proposal = ({ card }: { card: string }) => {
  const training = useQuery({ queryKey: ['training'], queryFn: ({ signal }) => getTraining(signal) });
  if (unread(training)) return <Failed error={training.error} what="The proposed card could not be read" />;
  if (!training.data) return <Loading lines={3} />;
  const p = training.data.proposal;
  if (p?.version !== card)
    return (
      <p className="note danger" role="alert">
        Another card is proposed by now: refuse this one.
      </p>
    );
  return (
    <details>
      <summary>What this card was fitted to, and how often it is wrong</summary>
      <p>
        {many(p.leads, 'lead')} with an outcome, {count(p.confirmed)} confirmed. Of {count(p.control.groups)}{' '}
        control groups {count(p.control.confirmed)} were confirmed ({range(p.control.low, p.control.high)}).
      </p>
      <p>
        It foretells outcomes that it did not see {p.better ? 'better' : 'no better'} than the shipped card: a
        confirmed lead stands first {percent(p.all.fitted.order)} of the time (shipped{' '}
        {percent(p.all.shipped.order)}); mean surprise {p.all.fitted.loss.toFixed(3)} (shipped{' '}
        {p.all.shipped.loss.toFixed(3)}).
      </p>
      <Scroll label="What counts how much">
        <table>
          <Heads of={['Family', 'Counts']} />
          <tbody>
            {Object.entries(p.factors).map(([family, factor]) => (
              <tr key={family}>
                <th scope="row">{family}</th>
                <td className="num">× {factor}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Scroll label="Foretold and found">
        <table>
          <Heads of={['Leads', 'Foretold', 'Confirmed', '19 times in 20']} />
          <tbody>
            {p.calibration.map((b, i) => (
              <tr key={i}>
                <td className="num">{count(b.leads)}</td>
                <td className="num">{percent(b.foretold)}</td>
                <td className="num">{percent(b.confirmed)}</td>
                <td className="num">{range(b.low, b.high)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Scroll label="How often the word is wrong">
        <table>
          <Heads of={['By', 'Of', 'Leads', 'Confirmed', 'Wrongly more', 'Then', 'Wrongly little', 'Then']} />
          <tbody>
            {p.errors.map((e) => (
              <tr key={`${e.part} ${e.name}`}>
                <td>{e.part}</td>
                <th scope="row" className="break">
                  {e.name}
                </th>
                <td className="num">{count(e.leads)}</td>
                <td className="num">{count(e.confirmed)}</td>
                <td>{told(e.wrong_shipped)}</td>
                <td>{told(e.wrong_fitted)}</td>
                <td>{told(e.missed_shipped)}</td>
                <td>{told(e.missed_fitted)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="meta">{p.note}</p>
    </details>
  );
};
