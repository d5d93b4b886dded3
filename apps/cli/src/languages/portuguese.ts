import type { Messages } from './messages.ts';

export const portuguese: Messages = {
  chapter: 'Convolução para Imagens',
  ours: 'nosso',
  theirs: 'livro',
  agrees: 'confere',
  differs: 'difere',
  notPrinted: 'não impresso',
  ranOn: (places) => `Calculado em ${places}.`,
  allAgree: (compared) => `Todos os ${compared} resultados estão como no livro.`,
  someDiffer: (different, compared) => `${different} de ${compared} resultados ${different === 1 ? 'difere' : 'diferem'} do livro.`,
  crossCorrelation: {
    title: 'A operação de correlação cruzada',
    summary: 'Uma janela desliza pela imagem; o que ela contém é multiplicado pelo kernel, elemento a elemento, e somado.',
  },
  layer: {
    title: 'Camadas convolucionais',
    summary: 'Uma camada Conv2D escrita por quem a usa: uma correlação cruzada com o seu peso, mais um viés escalar.',
    output: (bias) => `Conv2D(X), viés ${bias}`,
    raisedOutput: (bias) => `Conv2D(X), viés ${bias}: um a mais`,
  },
  edgeDetection: {
    title: 'Detecção de borda de objeto em imagens',
    summary: 'O kernel detecta bordas verticais, do claro ao escuro e do escuro ao claro, e nenhuma horizontal.',
    ofTransposed: 'corr2d(X transposta, K)',
  },
  learning: {
    title: 'Aprendendo um kernel',
    summary: 'Só com a imagem e as suas bordas, o gradiente descendente encontra o kernel, com a ordem dos eixos e o kernel inicial de cada edição.',
    editions: { English: 'inglês', 'Chinese notes': 'notas em chinês' },
    system: (framework, variant) => `${framework} (${variant})`,
    run: (system, layout) => `${system}, ${layout}`,
    loss: (epoch) => `perda da época ${epoch}`,
    kernel: 'kernel aprendido',
  },
  strictConvolution: {
    title: 'Correlação cruzada e convolução',
    summary: 'A convolução estrita primeiro inverte o kernel: com o kernel invertido, dado ou aprendido, faz o mesmo que a correlação cruzada.',
    flippedKernel: 'kernel aprendido, invertido',
  },
  receptiveField: {
    title: 'Mapa de características e campo receptivo',
    summary: 'O que um elemento do último mapa de características vê através das camadas empilhadas: onde o seu gradiente não é 0.',
    onFirst: 'no primeiro mapa de características',
    onInput: 'na entrada',
  },
};
