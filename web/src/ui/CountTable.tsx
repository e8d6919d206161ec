import { count } from '../lib/format';
import { Scroll } from './Scroll';

/** The table beside a picture of counts: the same facts, to be read. */
export const CountTable = ({
  label,
  head,
  rows,
}: {
  label: string;
  head: string;
  rows: readonly (readonly [string, number])[];
}) => (
  <Scroll label={label}>
    <table>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col" className="num">
            Ads
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, n], i) => (
          <tr key={i}>
            <td>{name}</td>
            <td className="num">{count(n)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);
