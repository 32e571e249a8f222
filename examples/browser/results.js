/** Both formats compute in float32: more than this apart, and they do not agree. */
const tolerance = 1e-4;

/** Fills a table with a row for each class, and the likeliest of each column in bold. */
export function showProbabilities(body, labels, { layers, graph }) {
  const rows = labels.map((label, k) => {
    const row = document.createElement('tr');
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = label;
    row.append(head, cell(layers, k), cell(graph, k));
    return row;
  });
  body.replaceChildren(...rows);
}

function cell(probabilities, k) {
  const probability = probabilities[k];
  const data = document.createElement('data');
  data.value = probability;
  data.textContent = `${(100 * probability).toFixed(1)} %`;
  const td = document.createElement('td');
  td.classList.toggle('best', k === best(probabilities));
  td.style.setProperty('--part', `${100 * probability}%`);
  td.append(data);
  return td;
}

/** Whether both models say the same, as a sentence. */
export function agreement(labels, { layers, graph }) {
  const apart = Math.max(...layers.map((probability, k) => Math.abs(probability - graph[k])));
  const [ofLayers, ofGraph] = [labels[best(layers)], labels[best(graph)]];
  const difference = apart === 0 ? 'to the last bit' : `within ${apart.toExponential(0)}`;
  if (ofLayers === ofGraph && apart <= tolerance) return `Both say ${ofLayers}. They agree ${difference}.`;
  return `They do not agree: the layers model says ${ofLayers}, the graph model ${ofGraph}, up to ${apart.toFixed(3)} apart.`;
}

function best(probabilities) {
  return probabilities.indexOf(Math.max(...probabilities));
}
