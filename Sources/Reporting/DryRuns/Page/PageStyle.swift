/// The look of the page; no ">" in it, which is escaped in the text of elements.
enum PageStyle {
  static let sheet = """

    :root { color-scheme: light dark; --paper: #ffffff; --ink: #1c2024; --dim: #56606b; --rule: #d3d9df; --panel: #f5f7f9;
      --written: #b54708; --changed: #1d5fbf; --confirmed: #b42318; --refuted: #1a7431; --other: #4c5662; }
    @media (prefers-color-scheme: dark) { :root { --paper: #14171b; --ink: #e6e9ed; --dim: #a5afba; --rule: #3a424b;
      --panel: #1c2127; --written: #f59e5b; --changed: #7ab0ff; --confirmed: #ff8f83; --refuted: #62d283; --other: #b4bdc7; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 76rem; padding: 1.5rem clamp(0.75rem, 3vw, 2rem) 3rem; background: var(--paper);
      color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
    h1 { font-size: 1.6rem; margin: 0 0 0.25rem; }
    h2 { font-size: 1.25rem; margin: 0 0 0.5rem; }
    h3 { font-size: 1.05rem; margin: 1.75rem 0 0.5rem; }
    p { margin: 0.4rem 0; max-width: 60rem; }
    a { color: var(--changed); }
    code { font: 0.9em ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    nav ul, ul.findings { list-style: none; margin: 0.75rem 0; padding: 0; }
    nav li, ul.findings li { margin: 0.3rem 0; }
    section.test { border-top: 3px solid var(--rule); margin-top: 2.25rem; padding-top: 1.25rem; }
    .dim { color: var(--dim); }
    .verdict { border: 1.5px solid currentColor; border-radius: 0.4rem; font-size: 0.85rem; font-weight: 700;
      margin-right: 0.4rem; padding: 0.1rem 0.5rem; white-space: nowrap; }
    .confirmed, .failed { color: var(--confirmed); }
    .refuted, .passed { color: var(--refuted); }
    .other { color: var(--other); }
    .key { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0.75rem 0; }
    .key span::before { background: var(--c); border-radius: 2px; content: ""; display: inline-block; height: 0.35rem;
      margin-right: 0.4rem; vertical-align: middle; width: 1.4rem; }
    .written { --c: var(--written); }
    .changed { --c: var(--changed); }
    .charts { display: grid; gap: 1rem; margin-top: 0.75rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); }
    .small { grid-template-columns: repeat(auto-fill, minmax(min(46%, 11rem), 1fr)); gap: 0.75rem; }
    figure { background: var(--panel); border: 1px solid var(--rule); border-radius: 0.5rem; margin: 0; min-width: 0;
      padding: 0.6rem 0.7rem; }
    figcaption { font-size: 0.9rem; font-weight: 600; margin-bottom: 0.35rem; }
    .small figcaption { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    figcaption span { color: var(--dim); display: block; font-size: 0.8rem; font-weight: 400; }
    svg { display: block; height: auto; width: 100%; }
    svg text { fill: var(--dim); font: 12px system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    svg .grid { stroke: var(--rule); stroke-width: 0.75; }
    svg .axis { stroke: var(--dim); }
    svg .reference { stroke: var(--dim); stroke-dasharray: 5 4; }
    svg .line { fill: none; stroke: var(--c); stroke-linejoin: round; stroke-width: 2.25; }
    svg .seed { opacity: 0.45; stroke-width: 1; }
    svg .first { stroke-dasharray: 4 3; stroke-width: 1.5; }
    svg .dot { fill: var(--c); }
    svg .dot.first { fill: var(--panel); stroke: var(--c); stroke-dasharray: none; }
    svg .cross { stroke: var(--c); stroke-width: 2; }
    svg .link { stroke: var(--dim); stroke-width: 1; }
    svg .bars { fill: var(--c); opacity: 0.55; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
    caption { color: var(--dim); padding: 0.5rem 0 0.25rem; text-align: left; }
    th, td { border-bottom: 1px solid var(--rule); padding: 0.25rem 0.9rem 0.25rem 0; text-align: left; vertical-align: top;
      white-space: nowrap; }
    td.number, th.number { text-align: right; }
    td.words { max-width: 34rem; min-width: 12rem; overflow-wrap: anywhere; white-space: normal; }
    @media (max-width: 40rem) { td.words { min-width: 9rem; } tbody th { white-space: normal; } }
    details { margin: 0.75rem 0; }
    summary { color: var(--changed); cursor: pointer; }
    footer { border-top: 1px solid var(--rule); color: var(--dim); font-size: 0.9rem; margin-top: 3rem; padding-top: 1rem; }

    """
}
