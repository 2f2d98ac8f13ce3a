/// The messages whose fields are known by name, as `src/caffe/proto/caffe.proto` has them.
enum CaffeMessage: String, CaseIterable {
  case net, layer, solver
  case convolution = "convolution_param"
  case innerProduct = "inner_product_param"

  /// The names of all fields, the old syntax's too; forks of Caffe have others beside them.
  var fieldNames: Set<String> {
    switch self {
    case .net: Self.netFields
    case .layer: Self.layerFields
    case .solver: Self.solverFields
    case .convolution: Self.convolutionFields
    case .innerProduct: Self.innerProductFields
    }
  }

  private static func names(_ text: StaticString) -> Set<String> {
    text.withUTF8Buffer { bytes in
      Set(
        bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map { String(decoding: $0, as: UTF8.self) }
      )
    }
  }

  private static let netFields = names("name input input_shape input_dim force_backward state debug_info layer layers")

  private static let solverFields = names(
    """
    net net_param train_net test_net train_net_param test_net_param train_state test_state test_iter test_interval
    test_compute_loss test_initialization base_lr display average_loss max_iter iter_size lr_policy gamma power momentum
    weight_decay regularization_type stepsize stepvalue clip_gradients snapshot snapshot_prefix snapshot_diff
    snapshot_format solver_mode device_id random_seed type delta momentum2 rms_decay debug_info snapshot_after_train
    solver_type layer_wise_reduce weights
    """
  )

  private static let convolutionFields = names(
    """
    num_output bias_term pad kernel_size stride dilation pad_h pad_w kernel_h kernel_w stride_h stride_w group
    weight_filler bias_filler engine axis force_nd_im2col
    """
  )

  private static let innerProductFields = names("num_output bias_term weight_filler bias_filler axis transpose")

  private static let layerFields = names(
    """
    name type bottom top phase loss_weight param blobs propagate_down include exclude transform_param loss_param
    accuracy_param argmax_param batch_norm_param bias_param clip_param concat_param contrastive_loss_param
    convolution_param crop_param data_param dropout_param dummy_data_param eltwise_param elu_param embed_param exp_param
    flatten_param hdf5_data_param hdf5_output_param hinge_loss_param image_data_param infogain_loss_param
    inner_product_param input_param log_param lrn_param memory_data_param mvn_param parameter_param pooling_param
    power_param prelu_param python_param recurrent_param reduction_param relu_param reshape_param scale_param
    sigmoid_param softmax_param spp_param slice_param swish_param tanh_param threshold_param tile_param
    window_data_param blobs_lr weight_decay blob_share_mode layer norm_param permute_param
    """
  )
}
