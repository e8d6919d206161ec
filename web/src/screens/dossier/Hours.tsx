const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const SLOT = 2; // hours a column: 24 would be too narrow to read beside the text
const LEVELS = 4;

/** Hour by weekday, as a table whose cells are tinted: picture and figures in one. */
export const Hours = ({ hours, note }: { hours: number[][]; note: string }) => {
  if (hours.length !== 7) return <p className="meta">{note || 'No hours are shown.'}</p>;
  const slots = hours.map((row) =>
    Array.from({ length: 24 / SLOT }, (_, i) =>
      row.slice(i * SLOT, i * SLOT + SLOT).reduce((a, b) => a + b, 0),
    ),
  );
  const top = Math.max(...slots.flat(), 1);
  return (
    <>
      <table className="hours">
        <caption className="sr">
          Ads by weekday and {SLOT} hours. {note}
        </caption>
        <thead>
          <tr>
            <td />
            {slots[0]!.map((_, i) => (
              <th key={i} scope="col">
                <span className={i % 3 ? 'sr' : ''}>{String(i * SLOT).padStart(2, '0')}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {slots.map((row, d) => (
            <tr key={d}>
              <th scope="row">{DAYS[d]}</th>
              {row.map((n, i) => (
                <td
                  key={i}
                  className={`heat-${n ? Math.max(1, Math.ceil((n / top) * LEVELS)) : 0}`}
                  title={`${DAYS[d]} ${i * SLOT}–${i * SLOT + SLOT} h: ${n}`}
                >
                  <span className="sr">{n}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="meta">{note}</p>
    </>
  );
};
