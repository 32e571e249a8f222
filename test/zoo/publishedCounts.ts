import { torchvisionCounts } from './torchvisionCounts.ts';

/**
 * Parameters and multiply-adds of the networks of specs/ as their sources print them: `25557032` is that number, `4.089G`
 * and `5.3M` are rounded to the last digit, and `-` stands where a source says nothing.
 */
export interface PublishedCounts {
  readonly source: string;
  readonly counted: Counted;
  /** Parameters that the source counts and a spec does not have. */
  readonly besides?: number;
  readonly rows: readonly PublishedRow[];
}

export type Counted =
  | 'trainable'
  | 'with moving statistics'
  | 'without batch norms'
  /** Batch norms that scale, where those of the spec do not: one number more for each that has a moving mean. */
  | 'with gammas';

/** A variant '' is the file without options. The side is that of the image, where it is not the file's own. */
export type PublishedRow = readonly [
  file: string,
  variants: readonly string[],
  parameters: string,
  multiplyAdds?: string,
  side?: number,
];

/** The table of keras.io/api/applications, as long as it had all digits (until 2021). */
const keras: readonly PublishedRow[] = [
  ['xception', [''], '22910480'],
  ['vgg', ['', '16'], '138357544'],
  ['vgg', ['19'], '143667240'],
  ['inception_v3', [''], '23851784'],
  ['inception_resnet_v2', [''], '55873736'],
  ['mobilenet_v1', ['', 'x1_0'], '4253864'],
  ['mobilenet_v2', ['', 'x1_0'], '3538984'],
  ['densenet', ['', '121'], '8062504'],
  ['densenet', ['169'], '14307880'],
  ['densenet', ['201'], '20242984'],
];

const kerasEfficientNet: readonly PublishedRow[] = [
  ['efficientnet', ['', 'b0'], '5330571'],
  ['efficientnet', ['b1'], '7856239'],
  ['efficientnet', ['b2'], '9177569'],
  ['efficientnet', ['b3'], '12320535'],
  ['efficientnet', ['b4'], '19466823'],
  ['efficientnet', ['b5'], '30562527'],
  ['efficientnet', ['b6'], '43265143'],
  ['efficientnet', ['b7'], '66658687'],
];

/** Parameters of timm's modules in the statistics that onnx/models keeps of its Turnkey models. */
const timm: readonly PublishedRow[] = [
  ['regnet_y', ['800mf'], '6263168'],
  ['se_resnet', ['', '50'], '28088024'],
  ['se_resnet', ['152'], '66821848'],
  ['se_resnet', ['resnext50_32x4d'], '27559896'],
  ['se_resnet', ['resnext101_32x4d'], '48955416'],
  ['mobilenet_v2', ['x0_5'], '1968680'],
  ['mobilenet_v3_small', ['x0_75'], '2041872'],
  ['mobilenet_v2', ['x1_4'], '6108776'],
  ['swin', ['b_384'], '87903584', '47.1G'],
  ['swin', ['l'], '196532476', '34.5G'],
  ['xception', [''], '22855952'],
];

const timmGammas: readonly PublishedRow[] = [
  ['inception_v3', [''], '23834568'],
  ['inception_v4', [''], '42679816'],
  ['inception_resnet_v2', [''], '55843464'],
];

/** The table in the module's own documentation; its 300 for a width of 1 is cut off, not rounded. */
const mobilenetV2: readonly PublishedRow[] = [
  ['mobilenet_v2', ['x1_4'], '6.06M', '582M'],
  ['mobilenet_v2', ['x1_3'], '5.34M', '509M'],
  ['mobilenet_v2', ['', 'x1_0'], '3.47M'],
  ['mobilenet_v2', ['x0_75'], '2.61M', '209M'],
  ['mobilenet_v2', ['x0_5'], '1.95M', '97M'],
  ['mobilenet_v2', ['x0_35'], '1.66M', '59M'],
];

const papers: readonly PublishedRow[] = [
  ['lenet5_paper', [''], '60000'], // section II.B
  ['squeezenet', ['', 'bypass'], '1248424'], // table 1
  ['resnet', ['18'], '-', '1.8G'], // table 1
  ['resnet', ['101_paper'], '-', '7.6G'],
  ['resnet', ['152_paper'], '-', '11.3G'],
  ['vgg', ['11'], '133M'], // table 2
  ['vgg', ['13'], '133M'],
  ['vgg', ['', '16'], '138M'],
  ['vgg', ['19'], '144M', '19.6G'], // multiply-adds: figure 3 of the paper of ResNet
  ['wide_resnet', ['', '50_2'], '68.9M'], // the authors' table of models
  ['xception', [''], '22855952'], // table 3
  ['mobilenet_v1', ['', 'x1_0'], '4.2M', '569M'], // table 6
  ['mobilenet_v1', ['x0_75'], '2.6M', '325M'],
  ['mobilenet_v1', ['x0_5'], '1.3M', '149M'],
  ['mobilenet_v1', ['x0_25'], '0.5M', '41M'],
  ['mobilenet_v3_large', ['', 'x1_0'], '-', '217M'], // the authors' table of models
  ['mobilenet_v3_large', ['x0_75'], '4.0M', '155M'],
  ['shufflenet_v2', ['x0_5'], '1.4M'], // table 5
  ['shufflenet_v2', ['', 'x1_0'], '2.3M'],
  ['shufflenet_v2', ['x1_5'], '3.5M'],
  ['shufflenet_v2', ['x2_0'], '7.4M'],
  ['efficientnet', ['', 'b0'], '5.3M', '0.39G'], // table 2
  ['efficientnet', ['b3'], '12M', '1.8G'],
  ['efficientnet', ['b6'], '43M', '19G'],
  ['efficientnet', ['b7'], '66M'],
  ['convnext', ['', 'tiny'], '29M', '4.5G'], // the authors' table of models
  ['convnext', ['small'], '50M', '8.7G'],
  ['convnext', ['base'], '89M', '15.4G'],
  ['convnext', ['large'], '198M', '34.4G'],
  ['vit', ['h14'], '632M'], // table 1
  ['bert', ['base_encoder'], '0.11G'], // section 3: 110 and 340 million
  ['bert', ['large_encoder'], '0.34G'],
];

/** Printed with the models, or asserted in the tests of the ports, that the specs name as their sources. */
const code: readonly PublishedRow[] = [
  ['alexnet', ['one_tower'], '62378344'], // osmr/imgclsmob
  ['bn_inception', [''], '11295240'], // osmr/imgclsmob
  ['se_resnet', ['101'], '49326872'], // osmr/imgclsmob
  ['mobilenet_v3_large', ['x0_75'], '3.994M'], // d-li14/mobilenetv3.pytorch
  ['mobilenet_v3_small', ['x0_75'], '2.042M', '43.4M'],
  ['autoencoder', [''], '2837314'], // TensorFlow Federated, emnist_models.py
  ['text_lstm', [''], '2757761'], // keras.io/examples/nlp/bidirectional_lstm_imdb
  ['dcgan_generator', [''], '3576704'], // torchsummary of pytorch/examples' modules
  ['dcgan_discriminator', [''], '2765568'],
  ['convolutional_autoencoder', [''], '4385'], // summary() of the model of the Keras blog
];

/** The comments of ultralytics/cfg/models/v8/yolov8.yaml: layers, parameters, gradients. */
const ultralytics: readonly PublishedRow[] = [
  ['yolov8', ['', 'n'], '3157200'],
  ['yolov8', ['s'], '11166560'],
  ['yolov8', ['m'], '25902640'],
  ['yolov8', ['l'], '43691520'],
  ['yolov8', ['x'], '68229648'],
];

/**
 * Nothing is printed of these: the code of the source was run and counted, or the figures of the paper were added up. The
 * tables of test/golden say how for the Inceptions.
 */
const counted: readonly PublishedRow[] = [
  ['lenet5', [''], '61706', '416520'], // by hand; the terms stand in the spec
  ['alexnet', [''], '60965224', '724406816'], // the layers of Caffe's bvlc_alexnet
  ['googlenet', [''], '6998552', '1582671872'], // the layers of Caffe's bvlc_googlenet
  ['googlenet', ['aux'], '13378280', '1591044096'],
  ['inception_v1', [''], '6617624', '1498376192'], // TF-Slim
  ['inception_v1', ['slim'], '6618649', '1498377216'],
  ['inception_v2', [''], '11178336', '1934857216'],
  ['inception_v2', ['slim'], '11179361', '1934858240'],
  ['inception_v3', ['slim'], '27145970', '5718902112'],
  ['inception_v3', ['torchvision'], '23834568', '5713216096'], // torchvision without its auxiliary head
  ['inception_v4', [''], '42648232', '12253974624'], // figures 3 to 9
  ['inception_v4', ['slim'], '46009106', '12260479328'],
  ['inception_resnet_v1', [''], '22742808', '6206361696'], // figures 7 and 10 to 15
  ['inception_resnet_v2', ['slim'], '59182258', '13162503520'],
  ['inception_resnet_v2_paper', [''], '32417496', '9257953632'], // figures 3, 7 and 15 to 19
  ['inception_resnet_v2_paper', ['counts_10_20_10'], '55255816', '14142011232'],
  ['seed_stem', [''], '604864', '2289943648'], // figure 3
  ['seed_stem_listing', [''], '604864', '2357297536'], // the listing, run
  ['fcn', ['', 'resnet50'], '32957013', '26484498432', 224], // torchvision without its auxiliary head
  ['deeplab_v3', ['', 'resnet50'], '39638869', '31310548992', 224],
  ['fpn', [''], '26852416', '6929104896', 224], // torchvision, resnet_fpn_backbone
  ['fcn_8s', [''], '134489759', '16987884672', 32], // wkentaro/pytorch-fcn
  ['unet', [''], '31030658', '150428424448'], // figure 1, by hand
  ['unet_padded', [''], '7763041', '12071206912', 256], // mateuszbuda/brain-segmentation-pytorch
  ['wavenet', [''], '1515968'], // the variables of ibab/tensorflow-wavenet
  ['bert', ['', 'base'], '109514298'], // transformers: BertForMaskedLM, BertModel, BertForPreTraining
  ['bert', ['base_encoder'], '109482240'],
  ['bert', ['base_pretraining'], '110106428'],
  ['bert', ['large'], '335174458'],
  ['bert', ['large_encoder'], '335141888'],
  ['bert', ['large_pretraining'], '336226108'],
];

export const publishedCounts: readonly PublishedCounts[] = [
  { source: 'torchvision', counted: 'trainable', rows: torchvisionCounts },
  { source: 'Keras', counted: 'with moving statistics', rows: keras },
  {
    source:
      'Keras, with the mean and variance of three channels and a count in its layer that normalises the image',
    counted: 'with moving statistics',
    besides: 7,
    rows: kerasEfficientNet,
  },
  { source: 'Keras, mobilenet_v2.py', counted: 'without batch norms', rows: mobilenetV2 },
  { source: 'timm; multiply-adds of the authors of Swin', counted: 'trainable', rows: timm },
  { source: 'timm, where TF-Slim and Keras have no scale', counted: 'with gammas', rows: timmGammas },
  { source: 'papers and their authors', counted: 'trainable', rows: papers },
  { source: 'code', counted: 'trainable', rows: code },
  {
    source: 'ultralytics, with the 16 weights of its decoder',
    counted: 'trainable',
    besides: 16,
    rows: ultralytics,
  },
  { source: 'counted, as nothing is printed', counted: 'trainable', rows: counted },
];
