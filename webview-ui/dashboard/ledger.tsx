/** What programs spared: model calls, money, time; each with how it is computed, on figures the person may change. */
import { useState } from "react";
import type { Ledger } from "../../src/contract/dashboard.ts";
import { type Assumptions, keptAssumptions, saved, withAssumption } from "./assumptions.ts";
import { Section } from "./pieces.tsx";
import { useServices } from "./services.ts";

export function LedgerPart({ ledger }: { readonly ledger: Ledger }) {
  const { words } = useServices();
  const [own, setOwn] = useState<Assumptions>(keptAssumptions);
  const of = words.ledger;
  const { number, usd } = words.format;
  const { moneyUsd, timeS, prices, seconds } = saved(ledger, own);
  const field = (name: keyof Assumptions, label: string, value: number | undefined) => (
    <label className="field">
      <span>{label}</span>
      <input
        type="number"
        min={0}
        step="any"
        inputMode="decimal"
        defaultValue={value}
        onChange={({ target }) => setOwn(withAssumption(own, name, target.value))}
      />
    </label>
  );
  const whole = (n: number): string => number(Math.round(n));
  return (
    <Section title={of.title}>
      <div className="ledger">
        <div className="entry">
          <h3>{of.calls}</h3>
          <p className="amount">{number(ledger.callsAvoided)}</p>
          <details>
            <summary aria-label={`${of.how}: ${of.calls}`}>{of.how}</summary>
            <p>{of.callsHow(ledger.callsAvoided)}</p>
            <p>{of.made(ledger.modelCalls, usd(ledger.modelUsd))}</p>
          </details>
        </div>
        <div className="entry">
          <h3>{of.money}</h3>
          <p className="amount">
            {moneyUsd === null ? <span className="dim">{of.noPrices}</span> : signed(moneyUsd, usd)}
          </p>
          <details>
            <summary aria-label={`${of.how}: ${of.money}`}>{of.how}</summary>
            {prices === null ? (
              <p>{of.noPricesHow}</p>
            ) : (
              <>
                <p>
                  {of.moneyHow(
                    whole(ledger.promptTokens),
                    usd(prices.prompt),
                    whole(ledger.completionTokens),
                    usd(prices.completion),
                    usd(ledger.modelUsd),
                  )}
                </p>
                <p>{prices.model === null ? of.ownPrices : of.prices(prices.model)}</p>
              </>
            )}
            <p>{of.tokensHow}</p>
            {field("prompt", of.promptPrice, prices?.prompt)}
            {field("completion", of.completionPrice, prices?.completion)}
          </details>
        </div>
        <div className="entry">
          <h3>{of.time}</h3>
          <p className="amount">{timeS < 0 ? `−${words.duration(-timeS)}` : words.duration(timeS)}</p>
          <details>
            <summary aria-label={`${of.how}: ${of.time}`}>{of.how}</summary>
            <p>{of.timeHow(number(ledger.callsAvoided), number(seconds), words.format.elapsed(ledger.programMs))}</p>
            {field("seconds", of.seconds, seconds)}
          </details>
        </div>
      </div>
    </Section>
  );
}

function signed(amount: number, usd: (amount: number) => string): string {
  return amount < 0 ? `−${usd(-amount)}` : usd(amount);
}
