// [data-chart] with ECharts options as JSON in data-option; the library is fetched on the first page that has one.
import { each } from './dom.js';

const vendor = document.querySelector('meta[name="hq-vendor"]')?.dataset ?? {};
const loading = {};

/** Loads a classic script once. */
export function script(address) {
  return (loading[address] ??= new Promise((resolve, reject) => {
    const tag = document.createElement('script');
    tag.src = address;
    tag.addEventListener('load', resolve);
    tag.addEventListener('error', reject);
    document.head.append(tag);
  }));
}

const LOOK = {
  animation: false,
  color: ['#a9d0ca', '#0b6e63', '#b98a2c', '#2f78c8', '#9aa5a2', '#d0473e'],
  textStyle: { fontFamily: 'inherit' },
  grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
};
const AXIS = { axisTick: { show: false }, axisLine: { lineStyle: { color: '#e2e8e6' } }, axisLabel: { color: '#616d6a', fontSize: 11 }, splitLine: { lineStyle: { color: '#eef2f0' } } };

function dress(axis) {
  if (!axis) return axis;
  return Array.isArray(axis) ? axis.map(dress) : { ...AXIS, ...axis };
}

async function draw(box) {
  await script(vendor.echarts);
  const option = JSON.parse(box.dataset.option);
  const chart = window.echarts.init(box, null, { renderer: 'svg' });
  chart.setOption({ ...LOOK, ...option, xAxis: dress(option.xAxis), yAxis: dress(option.yAxis) });
  new ResizeObserver(() => chart.resize()).observe(box);
  window.addEventListener('beforeprint', () => chart.resize());
}

each('[data-chart]', (box) => {
  box.setAttribute('role', 'img');
  const near = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    near.disconnect();
    draw(box).catch(() => box.remove());
  }, { rootMargin: '200px' });
  near.observe(box);
});
